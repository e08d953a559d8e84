import { z } from 'zod'
import type { FigureKey } from './figures.ts'

export const paperKinds = ['report', 'reminder'] as const
export type PaperKind = (typeof paperKinds)[number]
export const paperKindSchema = z.enum(paperKinds)

/**
 * A paper while it is written: words that the officer may change, and figures that come from what happened. The same
 * content makes the page and the Word file, so that the numbers of the two cannot differ.
 */
export interface PaperContent {
  head: PaperHead
  sections: PaperSection[]
  recipients: string[]
  signature: { authority: string; position: string; name: string }
  /** The number of the next section that a person adds. */
  nextId: number
}

export interface PaperHead {
  system: 'party' | 'state'
  superior: string[]
  issuer: string[]
  /** What stands behind the number: `BC/ĐU`, `BC-UBND`. */
  sign: string
  place: string
  /** `Báo cáo`; null for a công văn. */
  kind: string | null
  subject: string
  /** Kính gửi; none for a report. `drafted`: as the program named them, so they follow the figures. */
  addressees: { names: string[]; drafted: boolean }
}

export interface PaperSection {
  /** `section-3`; never another's. */
  id: string
  /** The paper's version in which the section was last changed: who typed over an older one is told so. */
  version: number
  level: 1 | 2
  /** Null for words without a heading of their own: the opening, the closing. */
  heading: string | null
  lines: PaperLine[]
  /**
   * The lines as they stood when somebody began to type and nothing was saved by hand yet. Figures are found again in
   * these: a number that is deleted, saved by itself, and typed anew is still known as a number typed over.
   */
  base: PaperLine[] | null
  /** A table of what happened, under the words; `annex` puts it on pages of its own at the end. */
  table: PaperTable | null
  /** What the officer may want to say here: a key of the words; never printed. */
  prompt: PromptKey | null
  /** Left out of the paper; it can be taken in again. */
  omitted: boolean
}

export const promptKeys = [
  'direction',
  'results',
  'strengths',
  'causes',
  'next',
  'proposals',
  'reminder',
] as const
export type PromptKey = (typeof promptKeys)[number]

/** One paragraph, or one line with a hyphen. */
export interface PaperLine {
  bullet: boolean
  parts: PaperPart[]
}

export type PaperPart = { text: string } | PaperFigure

/** A figure in the words. It was typed over where `value` is not what was counted. */
export interface PaperFigure {
  figure: FigureKey
  value: string
  counted: string
}

export const tableKeys = ['tasks', 'late-work', 'obstacles'] as const
export type TableKey = (typeof tableKeys)[number]

export interface PaperTable {
  key: TableKey
  annex: boolean
  columns: { title: string; width: number; align: 'left' | 'centre' }[]
  rows: PaperCell[][]
  /** How many rows were left out because a paper cannot hold them all. */
  more: number
}

/** `opens`: the page with the rows that the figure counts. */
export interface PaperCell {
  text: string
  opens?: string
}

/** A paper in the list. */
export interface PaperListed {
  id: string
  kind: PaperKind
  title: string
  planId: string
  planSubject: string
  planNumber: string | null
  figuresOn: string
  updatedAt: Date
  /** `125-BC/ĐU`, as it stands on the paper; null while it is a draft. */
  printedNumber: string | null
  issuedOn: string | null
}

export interface Paper {
  id: string
  officeId: string
  planId: string
  planSubject: string
  planNumber: string | null
  kind: PaperKind
  title: string
  content: PaperContent
  figuresOn: string
  version: number
  updatedAt: Date
  /** How it went out; from then on its words are fixed. */
  issue: PaperIssue | null
  /** The issued paper that this one follows, and what follows this one. */
  follows: PaperBeside | null
  followed: PaperBeside[]
}

export interface PaperIssue {
  /** `125`; `12a` where a number was given between two others. */
  number: string
  printedNumber: string
  issuedOn: string
  issuedAt: Date
  issuedBy: string
}

/** Another paper, as one links to it: without a number it is a draft. */
export interface PaperBeside {
  id: string
  printedNumber: string | null
  issuedOn: string | null
}

/** What a refresh of the figures changed. */
export interface FigureChange {
  figure: FigureKey
  before: string
  after: string
  /** The officer typed a number of their own, which stays. */
  typed: string | null
}

export type CreateOutcome = { ok: true; paperId: string } | { ok: false; reason: CreateRefusal }
export type CreateRefusal = 'not-launched' | 'plan-closed' | 'nobody-late' | 'day-passed'

export type SaveOutcome =
  | { ok: true; version: number; sectionVersion: number }
  | { ok: false; reason: SaveRefusal }
export type SaveRefusal = 'changed-meanwhile' | 'too-long' | 'issued'

export type IssueOutcome = { ok: true } | { ok: false; reason: IssueRefusal }
export type IssueRefusal = 'number-wrong' | 'number-taken' | 'day-wrong' | 'changed-meanwhile'

/** Longest words of one section, in characters: twice what anybody writes. */
export const mostCharacters = 20_000
