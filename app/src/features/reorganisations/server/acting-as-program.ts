import { sql } from 'kysely'
import type { Context } from '#server/context.ts'
import type { Reader } from '#server/database/handles.ts'

/**
 * Reads what the actor alone would not see: how much work, how many members a body leaves to its successor is for whoever
 * reorganises it to know, once it has been asked whether they may. Nothing else of the request may be read meanwhile.
 */
export async function readAsProgram<Result>(
  { reader, actor, today }: Pick<Context, 'reader' | 'actor' | 'today'>,
  read: (reader: Reader) => Promise<Result>,
): Promise<Result> {
  await sql`select act_as('program')`.execute(reader)
  try {
    return await read(reader)
  } finally {
    await sql`select act_as(${actor.accountId}, ${today}::date)`.execute(reader)
  }
}
