import type { Tx } from '#server/database/handles.ts'
import { newId } from '#server/platform/ids.ts'
import { sendJob } from '#server/platform/jobs.ts'
import type { LetterToSend } from '../schema.ts'

/** Tries over some two hours, each after a longer wait; then the letter counts as failed and waits for a person. */
export const mostAttempts = 10

/** Puts a letter in the outbox, and its sending in line, in the transaction that causes it. */
export async function putLetter(tx: Tx, letter: LetterToSend): Promise<string> {
  const id = newId()
  await tx
    .insertInto('letter')
    .values({
      id,
      kind: letter.kind,
      account_id: letter.accountId,
      organisation_id: letter.organisationId,
      to_address: letter.to,
      language: letter.language,
      details: JSON.stringify(letter.details),
      sealed: letter.sealed ?? null,
    })
    .execute()
  await queueLetter(tx, id)
  return id
}

/** Puts the sending of a letter in line; in line already, it stays one. */
export async function queueLetter(tx: Tx, letterId: string): Promise<void> {
  await sendJob(tx, 'mail.send', { letterId }, { key: `mail ${letterId}`, mostAttempts })
}
