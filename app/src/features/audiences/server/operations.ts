import { spellingKey } from '@trienkhai/vietnamese/fold.ts'
import { plans } from '#server/access/plans.ts'
import { requireMay } from '#server/access/require.ts'
import type { Scope } from '#server/access/scope.ts'
import { asCommand } from '#server/command.ts'
import type { Context } from '#server/context.ts'
import type { Tx } from '#server/database/handles.ts'
import { NotFound } from '#server/platform/errors.ts'
import { newId } from '#server/platform/ids.ts'
import { record } from '#server/record.ts'
import { type Audience, audienceVersion, type SaveOutcome } from '../schema.ts'
import { endAudienceNamed, forgetPhraseAudience, keepAudience, keepPhraseAudience } from './writes.ts'

/** Keeps what an office has decided that a phrase stands for, for its next plans. The last decision holds. */
export async function rememberPhrase(
  tx: Tx,
  scope: Scope,
  decision: { officeId: string; phrase: string; audience: Audience },
): Promise<void> {
  requireMay(plans.review(scope, { officeId: decision.officeId, reachesActor: false }))
  await keepPhraseAudience(tx, scope, { ...decision, phraseKey: spellingKey(decision.phrase) })
}

/** Forgets a decision, so that the phrase is matched by its words again. */
export async function forgetPhrase(
  tx: Tx,
  scope: Scope,
  decision: { officeId: string; phrase: string },
): Promise<void> {
  requireMay(plans.review(scope, { officeId: decision.officeId, reachesActor: false }))
  await forgetPhraseAudience(tx, scope, {
    officeId: decision.officeId,
    phraseKey: spellingKey(decision.phrase),
  })
}

/** Keeps an expression under a name of the office's own; what was called so before is ended. */
export async function saveAudience(
  context: Context,
  asked: { commandId: string; officeId: string; name: string; audience: Audience },
): Promise<SaveOutcome> {
  return asCommand(context, asked.commandId, 'audience.save', async (tx): Promise<SaveOutcome> => {
    const { officeId, audience } = asked
    if (!context.scope.offices.includes(officeId)) throw new NotFound('office')
    requireMay(plans.review(context.scope, { officeId, reachesActor: false }))
    const name = asked.name.normalize('NFC').replace(/\s+/gu, ' ').trim()
    if (name === '') return { ok: false, reason: 'no-name' }
    await endAudienceNamed(tx, { officeId, name, at: context.now })
    const id = newId()
    await keepAudience(tx, context.scope, { id, officeId, name, audience, version: audienceVersion })
    await record(tx, context, {
      operation: 'audience.save',
      subjectKind: 'audience',
      subjectId: id,
      officeId,
      after: { name, audience },
    })
    return { ok: true, id }
  })
}

/** Ends a saved audience: it is offered no more. Plans that were launched by it keep what it was. */
export async function endAudience(
  context: Context,
  asked: { commandId: string; officeId: string; name: string },
): Promise<SaveOutcome> {
  return asCommand(context, asked.commandId, 'audience.end', async (tx): Promise<SaveOutcome> => {
    const { officeId, name } = asked
    if (!context.scope.offices.includes(officeId)) throw new NotFound('office')
    requireMay(plans.review(context.scope, { officeId, reachesActor: false }))
    if (!(await endAudienceNamed(tx, { officeId, name, at: context.now }))) throw new NotFound('audience')
    await record(tx, context, {
      operation: 'audience.end',
      subjectKind: 'audience',
      subjectId: officeId,
      officeId,
      after: { name },
    })
    return { ok: true, id: officeId }
  })
}
