import { type RawBuilder, sql } from 'kysely'
import { erasureRequests } from '#server/access/personal-data.ts'
import { requireMay } from '#server/access/require.ts'
import { anyOf } from '#server/access/rows.ts'
import type { Scope } from '#server/access/scope.ts'
import { asCommand } from '#server/command.ts'
import type { Context } from '#server/context.ts'
import { cutPage } from '#server/database/cut-page.ts'
import type { Reader, Tx } from '#server/database/handles.ts'
import { NotFound } from '#server/platform/errors.ts'
import { isId, newId } from '#server/platform/ids.ts'
import { record } from '#server/record.ts'
import type { ErasureLine, ErasureOutcome } from '../schema.ts'
import { erase, isStillHeld } from './erase.ts'
import { findSubject } from './held-about.ts'

const isAdministered = (scope: Scope): RawBuilder<boolean> =>
  scope.administers.length === 0
    ? sql<boolean>`false`
    : sql<boolean>`exists (
        select from organisation_line line
        where line.organisation_id = request.organisation_id and line.ancestor_id = ${anyOf(scope.administers)}
      )`

/** Requests that the actor decides, those that wait first; one's own last one by `findOwnRequest`. */
export async function listRequests(
  reader: Reader,
  scope: Scope,
  asked: { offset: number; limit: number },
): Promise<{ rows: ErasureLine[]; total: number }> {
  const { rows } = await sql<ErasureLine & { total: number }>`
    select ${line}, (count(*) over ())::int as total
    ${from} where ${isAdministered(scope)}
    order by (request.state <> 'waiting'), request.asked_at desc, request.id
    ${cutPage(asked)}
  `.execute(reader)
  return { rows: rows.map(({ total: _total, ...row }) => row), total: rows[0]?.total ?? 0 }
}

const line = sql`
  request.id, request.account_id as "accountId", coalesce(account.name, '…') as name, organisation.name as organisation,
  request.reason, request.state, request.asked_at as "askedAt", request.decided_at as "decidedAt", request.answer`
const from = sql`
  from erasure_request request
  left join account on account.id = request.account_id
  join organisation on organisation.id = request.organisation_id`

export async function findOwnRequest(reader: Reader, scope: Scope): Promise<ErasureLine | null> {
  const { rows } = await sql<ErasureLine>`
    select ${line} ${from} where request.account_id = ${scope.accountId}
    order by request.asked_at desc limit 1
  `.execute(reader)
  return rows[0] ?? null
}

/** Somebody asks for their own personal data to be erased. */
export function askErasure(
  context: Context,
  command: { commandId: string; reason: string },
): Promise<ErasureOutcome> {
  const { accountId, grants } = context.actor
  return asCommand<ErasureOutcome>(context, command.commandId, 'personal-data.ask-erasure', async (tx) => {
    const account = await tx
      .selectFrom('account')
      .select(['organisation_id', 'person_id'])
      .where('id', '=', accountId)
      .executeTakeFirst()
    const organisationId = account?.organisation_id ?? grants[0]?.organisationId
    if (!organisationId) return { ok: false, reason: 'no-organisation' }
    const waiting = await tx
      .selectFrom('erasure_request')
      .select('id')
      .where('account_id', '=', accountId)
      .where('state', '=', 'waiting')
      .executeTakeFirst()
    if (waiting) return { ok: false, reason: 'already-asked' }
    const id = newId()
    await tx
      .insertInto('erasure_request')
      .values({
        id,
        account_id: accountId,
        person_id: account?.person_id ?? null,
        organisation_id: organisationId,
        reason: command.reason.trim().slice(0, 2_000),
        asked_at: context.now,
      })
      .execute()
    await recordOn(tx, context, 'personal-data.ask-erasure', { id, organisationId })
    return { ok: true }
  })
}

interface Locked {
  id: string
  accountId: string
  organisationId: string
  state: string
  administered: boolean
}

async function lockRequest(tx: Tx, { scope }: Context, id: string): Promise<Locked> {
  const { rows } = await sql<Locked>`
    select request.id, request.account_id as "accountId", request.organisation_id as "organisationId", request.state,
      ${isAdministered(scope)} as administered
    from erasure_request request where request.id = ${isId(id) ? id : null}::uuid for update
  `.execute(tx)
  const [request] = rows
  if (!request || !erasureRequests.view(scope, request)) throw new NotFound('request')
  return request
}

const recordOn = (
  tx: Tx,
  context: Context,
  operation: string,
  request: { id: string; organisationId: string },
  after?: unknown,
): Promise<void> =>
  record(tx, context, {
    operation,
    subjectKind: 'personal-data',
    subjectId: request.id,
    officeId: request.organisationId,
    ...(after === undefined ? {} : { after }),
  })

async function setDecided(
  tx: Tx,
  context: Context,
  id: string,
  decided: { state: 'done' | 'refused' | 'withdrawn'; answer: string | null; reason?: string },
): Promise<void> {
  await tx
    .updateTable('erasure_request')
    .set({ ...decided, decided_by: context.actor.accountId, decided_at: context.now })
    .where('id', '=', id)
    .execute()
}

/** Takes one's own request back while it waits. */
export function withdrawErasure(
  context: Context,
  command: { commandId: string; requestId: string },
): Promise<ErasureOutcome> {
  return asCommand<ErasureOutcome>(
    context,
    command.commandId,
    'personal-data.withdraw-erasure',
    async (tx) => {
      const request = await lockRequest(tx, context, command.requestId)
      requireMay(erasureRequests.withdraw(context.scope, request))
      if (request.state !== 'waiting') return { ok: false, reason: 'not-waiting' }
      await setDecided(tx, context, request.id, { state: 'withdrawn', answer: null })
      await recordOn(tx, context, 'personal-data.withdraw-erasure', request)
      return { ok: true }
    },
  )
}

/** Refuses with a reason, which the person reads. */
export function refuseErasure(
  context: Context,
  command: { commandId: string; requestId: string; answer: string },
): Promise<ErasureOutcome> {
  const answer = command.answer.trim().slice(0, 2_000)
  return asCommand<ErasureOutcome>(context, command.commandId, 'personal-data.refuse-erasure', async (tx) => {
    const request = await lockRequest(tx, context, command.requestId)
    requireMay(erasureRequests.decide(context.scope, request))
    if (request.state !== 'waiting') return { ok: false, reason: 'not-waiting' }
    if (answer === '') return { ok: false, reason: 'answer-missing' }
    await setDecided(tx, context, request.id, { state: 'refused', answer })
    await recordOn(tx, context, 'personal-data.refuse-erasure', request, { answer })
    return { ok: true }
  })
}

/**
 * Grants a request: what is personal goes at once and for good, what was issued and counted stays under a pseudonym.
 * Refused as long as the person belongs to a body or holds a post: their data are needed there, and who keeps people
 * ends that first.
 */
export function grantErasure(
  context: Context,
  command: { commandId: string; requestId: string },
): Promise<ErasureOutcome> {
  return asCommand<ErasureOutcome>(context, command.commandId, 'personal-data.erase', async (tx) => {
    const request = await lockRequest(tx, context, command.requestId)
    requireMay(erasureRequests.decide(context.scope, request))
    if (request.state !== 'waiting') return { ok: false, reason: 'not-waiting' }
    // What is theirs lies in places that no administrator may look into: from here on the program acts.
    await sql`select act_as('program')`.execute(tx)
    const subject = await findSubject(tx, request.accountId)
    if (await isStillHeld(tx, subject, context.today)) return { ok: false, reason: 'still-belongs' }
    const removed = await erase(tx, subject, context)
    await setDecided(tx, context, request.id, { state: 'done', answer: null, reason: '' })
    await recordOn(tx, context, 'personal-data.erase', request, { removed })
    return { ok: true }
  })
}
