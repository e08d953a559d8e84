import { randomUUIDv7 } from 'node:crypto'

/**
 * A new id: a UUID of version 7, made in the program so that an operation knows its ids before it writes, and so that
 * any PostgreSQL from 15 on will do. Ids made later sort later (to the millisecond), which keeps indexes compact.
 */
export function newId(): string {
  return randomUUIDv7()
}

const idForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Whether a text (part of an address, a field of a form) can be an id at all. What cannot is not there. */
export function isId(text: string): boolean {
  return idForm.test(text)
}
