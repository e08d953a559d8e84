import { type Database, poolsOf } from './database/handles.ts'

/** An entry of the record that tells of a look, by the columns of `record_entry`. */
export interface LookEntry {
  done_at: Date
  account_id: string
  office_id: string | null
  operation: `${string}.look`
  subject_kind: string
  subject_id: string
  after: { subjects: readonly string[] } | null
  request_id: string
}

export interface LookBook {
  /** Keeps a look; done when it outlives a crash. */
  put: (look: LookEntry) => Promise<void>
}

/**
 * Keeps looks in the record, those of many pages together: one statement is under way at a time, and what comes meanwhile
 * goes with the next. So a busy hour costs a commit for each statement, not for each page.
 */
export function openLookBook(database: Database): LookBook {
  let waiting: LookEntry[] = []
  let last: Promise<unknown> = Promise.resolve()
  let next: Promise<void> | undefined

  const write = async (looks: readonly LookEntry[]): Promise<void> => {
    await poolsOf(database).writing.query('select add_looks($1::jsonb)', [JSON.stringify(looks)])
  }
  return {
    put: async (look) => {
      waiting.push(look)
      next ??= last.then(async () => {
        const looks = waiting
        waiting = []
        next = undefined
        await write(looks)
      })
      const own = next
      last = own.catch(() => {})
      try {
        await own
      } catch (error) {
        // One that cannot be kept, of an account that has just gone, takes no others with it.
        if (!isOfOneRow(error)) throw error
        await write([look])
      }
    },
  }
}

/** PostgreSQL's class of errors for a row that breaks a constraint. */
const isOfOneRow = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('23')
