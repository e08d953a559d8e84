import type { FormFields } from '../helpers/session.ts'
import type { PlantedRows } from './planted-rows.ts'

/** Who tries the doors, by the sample account; nobody has none. None of them keeps the first commune's office. */
export const attackers = {
  nobody: undefined,
  member: 'dangvien',
  otherSecretary: 'bithu02',
  otherOfficer: 'canbo2',
  secretaryElsewhere: 'bithu2',
  supervisor: 'giamsat',
  administrator: 'quantri',
} as const
export type Attacker = keyof typeof attackers

/** They belong to the cell that the plan was launched to, or supervise it: they may read what it was given. */
export const readers: readonly Attacker[] = ['member', 'supervisor']
/** Who administers the province administers the first commune, too. */
export const administrators: readonly Attacker[] = ['administrator']
export const aboveOrIn: readonly Attacker[] = ['member', 'supervisor', 'administrator']

/** A page, a file or a list. */
export interface ReadingDoor {
  path: (rows: PlantedRows) => string
  /** Whose it is: they open it, and find planted words there. Left out where there are none to find. */
  owner?: 'canbo' | 'bithu' | 'quantri'
  /** Who else gets an answer of 200; to all others it is not there. Everybody who is signed in for a list. */
  opens: readonly Attacker[] | 'all'
}

/** A form. None of the attackers but those of `mayPass` may do what it does to the planted rows. */
export interface DoingDoor {
  path: (rows: PlantedRows) => string
  fields: (rows: PlantedRows) => FormFields
  /**
   * `hidden`: it is not there (404), or not theirs to do (403) for who may see the row. `quiet`: it answers as ever and
   * does nothing to rows of others. `own`: it knows no rows but one's own; only nobody is turned away.
   */
  answers: 'hidden' | 'quiet' | 'own'
  /** Whose right it is to do this to the planted rows: for them it is tried nowhere. */
  mayPass?: readonly Attacker[]
}

export interface OpenDoor {
  /** Why it is open to everybody. */
  open: string
}

export type Door = ReadingDoor | DoingDoor | OpenDoor
