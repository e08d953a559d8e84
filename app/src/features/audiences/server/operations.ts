import { spellingKey } from '@trienkhai/vietnamese/fold.ts'
import { plans } from '#server/access/plans.ts'
import { requireMay } from '#server/access/require.ts'
import type { Scope } from '#server/access/scope.ts'
import type { Tx } from '#server/database/handles.ts'
import type { Audience } from '../schema.ts'
import { forgetPhraseAudience, keepPhraseAudience } from './writes.ts'

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
