import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import type { Actor } from './access/actor.ts'
import type { Scope } from './access/scope.ts'
import type { Reader, Tx } from './database/handles.ts'
import type { LookEntry } from './look-book.ts'
import type { FileStore } from './platform/files.ts'

export type Language = 'vi' | 'en'

/** Everything that one request, command or job works with. Operations take it first and keep nothing of it. */
export interface Context {
  readonly actor: Actor
  readonly scope: Scope
  /** Selects; its connection cannot write. */
  readonly reader: Reader
  /** The only way to change rows: all of `work` or none of it. */
  readonly inTransaction: <Result>(work: (tx: Tx) => Promise<Result>) => Promise<Result>
  /** Puts a look at personal data on record, before the answer leaves. Called by `recordLook` alone. */
  readonly putLook: (look: LookEntry) => Promise<void>
  readonly files: FileStore
  readonly now: Date
  /** The civil day in Vietnam. */
  readonly today: CivilDate
  /** The day that is looked at: today, or one of the past, of which nothing can be changed. */
  readonly on: CivilDate
  readonly requestId: string
  readonly language: Language
}
