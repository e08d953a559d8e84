import { createHash } from 'node:crypto'
import pg from 'pg'

/** Longer texts hold lists of values written out (inserts of many rows): hardly two of them are alike. */
const longestPrepared = 12_000
/** Texts that are prepared at most, of all sessions: a session's memory must not grow with every spelling of a query. */
const mostPrepared = 500
/** Texts asked once so far that are remembered; the oldest goes first. */
const mostAwaited = 1_000

const names = new Map<string, string>()
const askedOnce = new Set<string>()

/** A text is prepared from the second time on: one that never comes again takes no other's place. */
function nameOf(text: string): string | undefined {
  if (text.length > longestPrepared) return undefined
  const known = names.get(text)
  if (known !== undefined || names.size >= mostPrepared) return known
  if (!askedOnce.delete(text)) {
    askedOnce.add(text)
    const [oldest] = askedOnce
    if (oldest !== undefined && askedOnce.size > mostAwaited) askedOnce.delete(oldest)
    return undefined
  }
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 22)
  names.set(text, name)
  return name
}

/**
 * A session that prepares what it is asked: the same text again is neither parsed nor, where PostgreSQL finds one plan
 * as good as the other, planned again. Planning is most of what a short query costs.
 */
export class PreparingClient extends pg.Client {
  // `pg` has a dozen signatures of this; only the one with a text and its values is made into another.
  override query = ((...args: unknown[]): unknown => {
    const [text, values, ...rest] = args
    const name =
      typeof text === 'string' && Array.isArray(values) && values.length > 0 ? nameOf(text) : undefined
    const asked = name === undefined ? args : [{ name, text, values }, ...rest]
    return Reflect.apply(pg.Client.prototype.query, this, asked)
  }) as pg.Client['query']
}
