import type pg from 'pg'

/** A request that asks nothing for so long gives its session back: it may be taking in a large file. */
const longestIdleMilliseconds = 150

/**
 * One read-only transaction on one session, begun with the first question and ended when nothing more is asked. The
 * questions of a page come all at once and are asked one after the other, as a session takes one at a time. Every
 * transaction begins by saying who acts; so one that follows a fault, or the end, does too.
 */
export class ReadingSession {
  readonly #pool: pg.Pool
  #opening: string
  #client: pg.PoolClient | undefined
  #last: Promise<unknown> = Promise.resolve()
  #idle: NodeJS.Timeout | undefined

  constructor(pool: pg.Pool, opening: string) {
    this.#pool = pool
    this.#opening = opening
  }

  /** Begins with this statement in the same round trip, and answers its rows. */
  async begin<Row extends pg.QueryResultRow>(statement: string): Promise<Row[]> {
    return await this.#inTurn(async () => {
      await this.#close()
      return (await this.#open<Row>(statement)).rows
    })
  }

  /** From now on transactions begin with this statement. */
  beginLaterWith(opening: string): void {
    this.#opening = opening
  }

  async query(text: string, values?: unknown[]): Promise<pg.QueryResult> {
    return await this.#inTurn(async () => {
      if (!this.#client) await this.#open(this.#opening)
      const client = this.#client
      if (!client) throw new Error('a transaction was begun and has no session')
      return await client.query(text, values)
    })
  }

  async end(): Promise<void> {
    await this.#inTurn(() => this.#close())
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.#last.then(async () => {
      clearTimeout(this.#idle)
      try {
        return await work()
      } catch (error) {
        // The transaction is spoilt; the page that says so begins another.
        await this.#close()
        throw error
      } finally {
        if (this.#client) this.#endWhenIdle()
      }
    })
    this.#last = turn.catch(() => {})
    return turn
  }

  async #open<Row extends pg.QueryResultRow>(statement: string): Promise<pg.QueryResult<Row>> {
    const client = await this.#pool.connect()
    this.#client = client
    // Two statements in one message come back as two results.
    const results: unknown = await client.query(`begin read only; ${statement}`)
    const last: unknown = Array.isArray(results) ? results.at(-1) : results
    return last as pg.QueryResult<Row>
  }

  async #close(): Promise<void> {
    clearTimeout(this.#idle)
    const client = this.#client
    this.#client = undefined
    if (!client) return
    try {
      await client.query('rollback')
      client.release()
    } catch {
      client.release(true)
    }
  }

  #endWhenIdle(): void {
    this.#idle = setTimeout(() => void this.end().catch(() => {}), longestIdleMilliseconds)
    this.#idle.unref()
  }
}
