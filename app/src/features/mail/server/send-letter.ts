import { symmetricDecrypt } from 'better-auth/crypto'
import { settingsFromEnvironment } from '#env.ts'
import { inTransaction } from '#server/database/handles.ts'
import type { JobTools } from '#server/platform/job-worker.ts'
import { type Sending, sendMail } from '#server/platform/mail.ts'
import type { LetterDetails, LetterKind } from '../schema.ts'
import { letterHtml, letterText, writeLetter } from '../write-letter.ts'
import { mostAttempts } from './letters.ts'

/**
 * Sends one letter, where a mail server is set; without one it stays where it is. The row is held while it is sent, so
 * that no two send it; what was sent is closed in the same breath, and its link forgotten. A server that got it just
 * before the program was killed gets it again under the same message id.
 */
export async function sendLetter({ database, attempt }: JobTools, letterId: string): Promise<void> {
  const { smtpUrl, mailFrom, baseUrl, authSecret } = settingsFromEnvironment()
  if (smtpUrl === undefined) return
  const done = await inTransaction(database, async (tx): Promise<{ sending: Sending } | undefined> => {
    const letter = await tx
      .selectFrom('letter')
      .selectAll()
      .where('id', '=', letterId)
      .where('state', '=', 'waiting')
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (!letter) return undefined
    const language = letter.language === 'en' ? 'en' : 'vi'
    const kind = letter.kind as LetterKind
    const details = letter.details as unknown as LetterDetails
    const code = letter.sealed && (await symmetricDecrypt({ key: authSecret, data: letter.sealed }))
    const written = writeLetter({ kind, language, details }, code ? `${baseUrl}/invitations/${code}` : null)
    const outcome = await sendMail(smtpUrl, mailFrom, {
      id: letter.id,
      to: letter.to_address,
      subject: written.subject,
      text: letterText(written),
      html: letterHtml(written, language),
    })
    const isOver = outcome.ok || outcome.reason === 'refused' || attempt >= mostAttempts
    await tx
      .updateTable('letter')
      .set({
        attempts: letter.attempts + 1,
        last_error: outcome.ok ? null : outcome.code,
        state: outcome.ok ? 'sent' : isOver ? 'failed' : 'waiting',
        ...(outcome.ok ? { closed_at: new Date(), sealed: null } : {}),
      })
      .where('id', '=', letter.id)
      .execute()
    // Wrapped, as a refusal by itself would roll back what was written of it.
    return { sending: outcome }
  })
  // Thrown, so that the job is tried again, each time after a longer wait.
  if (done && !done.sending.ok && done.sending.reason === 'later')
    throw new Error(`the letter waits: ${done.sending.code}`)
}
