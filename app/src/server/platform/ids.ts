import { randomUUIDv7 } from 'node:crypto'

/**
 * A new id: a UUID of version 7, made in the program so that an operation knows its ids before it writes, and so that
 * any PostgreSQL from 15 on will do. Ids made later sort later (to the millisecond), which keeps indexes compact.
 */
export function newId(): string {
  return randomUUIDv7()
}
