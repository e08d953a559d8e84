import { personSortKey } from '@trienkhai/vietnamese/compare.ts'
import type { Context } from '#server/context.ts'
import { record } from '#server/record.ts'
import { tidyName } from '../../rules.ts'
import type { PeopleOutcome, PersonDetails } from '../../schema.ts'
import { keepDetails } from '../writes.ts'
import { asPeopleCommand, getPersonInCare, refuse } from './people-command.ts'

/** Keeps a person's name and personal details as they are known now. */
export async function changeDetails(
  context: Context,
  asked: { commandId: string; personId: string; fullName: string; details: PersonDetails },
): Promise<PeopleOutcome> {
  return asPeopleCommand(context, asked.commandId, 'person.details', async (tx) => {
    const { personId, details } = asked
    const { fullName: nameBefore } = await getPersonInCare(tx, context.scope, personId)
    const fullName = tidyName(asked.fullName)
    if (fullName === '') return refuse('no-name')
    if (details.joinedOn && details.officialOn && details.officialOn < details.joinedOn)
      return refuse('ends-before-it-begins')
    const before = await tx
      .selectFrom('person_detail')
      .selectAll()
      .where('person_id', '=', personId)
      .executeTakeFirst()
    if (fullName !== nameBefore)
      await tx
        .updateTable('person')
        .set({ full_name: fullName, sort_key: personSortKey(fullName) })
        .where('id', '=', personId)
        .execute()
    await keepDetails(tx, [{ personId, ...details }])
    await record(tx, context, {
      operation: 'person.details',
      subjectKind: 'person',
      subjectId: personId,
      before: { fullName: nameBefore, ...before },
      after: { fullName, ...details },
    })
    return { ok: true, personId }
  })
}
