import { parseIsoDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import type { ThingKind } from '#features/guests/schema.ts'
import { accounts } from '#server/access/accounts.ts'
import { requireMay } from '#server/access/require.ts'
import type { Context } from '#server/context.ts'
import type { Tx } from '#server/database/handles.ts'
import { NotFound } from '#server/platform/errors.ts'
import { isId, newId } from '#server/platform/ids.ts'
import { record } from '#server/record.ts'
import { noAddress, usernameForm } from '../rules.ts'
import { type GivenRole, givenRoles } from '../schema.ts'
import { findPeopleWithout, getAccountFacts } from './account-reads.ts'
import type { SignIn } from './sign-in.ts'

export type NewAccountProblem =
  | 'person'
  | 'username'
  | 'username-taken'
  | 'email'
  | 'email-taken'
  | 'place'
  | 'right'
export type NewAccountOutcome = { ok: true; id: string } | { ok: false; reason: NewAccountProblem }

/** What somebody types for a right: a role in an organisation, from a day, to a day or until it is ended. */
export interface RightWanted {
  role: string
  organisationId: string
  fromOn: string
  toOn: string
}

const emailForm = /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/

/** Makes an account for a person of the actor's organisations, with a first right. Who it is for comes in by invitation. */
export async function createAccount(
  context: Context,
  wanted: { personId: string; username: string; email: string; organisationId: string; right: RightWanted },
): Promise<NewAccountOutcome> {
  const { scope, today } = context
  const username = wanted.username.trim().toLowerCase()
  const email = wanted.email.trim().toLowerCase()
  if (!usernameForm.test(username)) return { ok: false, reason: 'username' }
  if (email && (!emailForm.test(email) || email.endsWith('.invalid'))) return { ok: false, reason: 'email' }
  const id = newId()
  return await refusingTaken(() =>
    context.inTransaction(async (tx): Promise<NewAccountOutcome> => {
      const [person] = isId(wanted.personId)
        ? await findPeopleWithout(tx, scope, { words: '', personId: wanted.personId, today, limit: 1 })
        : []
      if (!person) return { ok: false, reason: 'person' }
      if (!person.places.some((place) => place.id === wanted.organisationId))
        return { ok: false, reason: 'place' }
      const right = readRight(wanted.right)
      if (!right || !(await lieBelow(tx, context, right.organisationId)))
        return { ok: false, reason: 'right' }
      await tx
        .insertInto('account')
        .values({
          id,
          name: person.fullName,
          username,
          email: email || noAddress(id),
          email_verified: false,
          person_id: person.id,
          organisation_id: wanted.organisationId,
          language: context.language,
        })
        .execute()
      await record(tx, context, {
        operation: 'account.create',
        subjectKind: 'account',
        subjectId: id,
        officeId: wanted.organisationId,
        after: { username, personId: person.id, organisationId: wanted.organisationId },
      })
      await insertRight(tx, context, id, right)
      return { ok: true, id }
    }),
  )
}

/** A name or an address that somebody has, maybe out of the actor's sight, is a refusal and no fault. */
async function refusingTaken(work: () => Promise<NewAccountOutcome>): Promise<NewAccountOutcome> {
  try {
    return await work()
  } catch (error) {
    const constraint = error instanceof Error && 'constraint' in error ? error.constraint : undefined
    if (constraint === 'account_username_key') return { ok: false, reason: 'username-taken' }
    if (constraint === 'account_email_key') return { ok: false, reason: 'email-taken' }
    throw error
  }
}

/** A right as it is written down; a guest's is for one thing. */
export interface Right {
  role: GivenRole | 'guest'
  organisationId: string
  fromOn: string
  toOn: string | null
  subject: { kind: ThingKind; id: string } | null
}

function readRight({ role, organisationId, fromOn, toOn }: RightWanted): Right | undefined {
  const known = givenRoles.find((given) => given === role)
  if (!known || !isId(organisationId) || !isTerm(fromOn, toOn)) return undefined
  return { role: known, organisationId, fromOn, toOn: toOn || null, subject: null }
}

/** From a day to a day that is not before it, or without an end. */
export const isTerm = (fromOn: string, toOn: string): boolean =>
  parseIsoDate(fromOn) !== undefined && (toOn === '' || (parseIsoDate(toOn) !== undefined && toOn >= fromOn))

async function lieBelow(tx: Tx, { scope }: Context, organisationId: string): Promise<boolean> {
  const { rows } = await sql<{ below: boolean }>`
    select lies_below(${organisationId}, ${scope.administers}::uuid[]) and exists (
      select from organisation where id = ${organisationId} and ended_on is null
    ) as below
  `.execute(tx)
  return rows[0]?.below ?? false
}

/** Writes a right down, on record; whether it may be given was asked before. */
export async function insertRight(tx: Tx, context: Context, accountId: string, right: Right): Promise<void> {
  const { subject, ...term } = right
  const id = newId()
  await tx
    .insertInto('role_grant')
    .values({
      id,
      account_id: accountId,
      role: right.role,
      organisation_id: right.organisationId,
      from_on: right.fromOn,
      to_on: right.toOn,
      subject_kind: subject?.kind ?? null,
      subject_id: subject?.id ?? null,
      given_by: context.scope.accountId,
      given_at: context.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await record(tx, context, {
    operation: 'right.give',
    subjectKind: 'account',
    subjectId: accountId,
    officeId: right.organisationId,
    after: { ...term, ...(subject ? { [`${subject.kind}Id`]: subject.id } : {}) },
  })
}

export type RightOutcome = { ok: true } | { ok: false; reason: 'right' }

/** Gives a right in an organisation that the actor administers; never to oneself. */
export async function giveRight(
  context: Context,
  accountId: string,
  wanted: RightWanted,
): Promise<RightOutcome> {
  const right = readRight(wanted)
  return await context.inTransaction(async (tx): Promise<RightOutcome> => {
    const facts = await getAccountFacts(tx, context.scope, accountId, context.today)
    requireMay(accounts.giveRights(context.scope, facts))
    if (!right || !(await lieBelow(tx, context, right.organisationId))) return { ok: false, reason: 'right' }
    await insertRight(tx, context, accountId, right)
    return { ok: true }
  })
}

/** Ends a right: it held until yesterday. One that was to begin today or later never holds. */
export async function endRight(context: Context, accountId: string, rightId: string): Promise<void> {
  await context.inTransaction(async (tx) => {
    const facts = await getAccountFacts(tx, context.scope, accountId, context.today)
    requireMay(accounts.giveRights(context.scope, facts))
    const before = isId(rightId)
      ? await tx
          .selectFrom('role_grant')
          .select(['id', 'role', 'organisation_id', 'from_on', 'to_on'])
          .where('id', '=', rightId)
          .where('account_id', '=', accountId)
          .executeTakeFirst()
      : undefined
    if (!before || !(await lieBelow(tx, context, before.organisation_id))) throw new NotFound('the right')
    await sql`
      update role_grant set to_on = ${context.today}::date - 1, from_on = least(from_on, ${context.today}::date - 1)
      where id = ${rightId}
    `.execute(tx)
    await record(tx, context, {
      operation: 'right.end',
      subjectKind: 'account',
      subjectId: accountId,
      officeId: before.organisation_id,
      before,
    })
  })
}

/** Switches an account off, which ends all its sessions, or on again. */
export async function switchAccount(
  context: Context,
  signIn: SignIn,
  accountId: string,
  isOn: boolean,
): Promise<void> {
  await changeWay(context, accountId, isOn ? 'account.switch-on' : 'account.switch-off', async (tx) => {
    await tx
      .updateTable('account')
      .set({ off_at: isOn ? null : context.now })
      .where('id', '=', accountId)
      .execute()
  })
  if (!isOn) await signIn.pool.query('delete from session where user_id = $1', [accountId])
}

/** For who lost the phone: the second step and the passkeys are gone, sessions end; the password stays. */
export async function clearTwoStep(context: Context, signIn: SignIn, accountId: string): Promise<void> {
  await changeWay(context, accountId, 'account.clear-two-step', async () => {})
  const { pool } = signIn
  await pool.query('delete from two_factor where user_id = $1', [accountId])
  await pool.query('delete from passkey where user_id = $1', [accountId])
  await pool.query('update account set two_factor_enabled = false where id = $1', [accountId])
  await pool.query('delete from session where user_id = $1', [accountId])
}

/** Forgets what strangers tried: the next try need not wait. */
export async function unlockAccount(context: Context, signIn: SignIn, accountId: string): Promise<void> {
  await changeWay(context, accountId, 'account.unlock', async () => {})
  await signIn.pool.query(`delete from sign_in_limit where key = 'account ' || $1`, [accountId])
  await signIn.pool.query(
    'update two_factor set locked_until = null, failed_verification_count = 0 where user_id = $1',
    [accountId],
  )
}

async function changeWay(
  context: Context,
  accountId: string,
  operation: string,
  change: (tx: Tx) => Promise<void>,
): Promise<void> {
  await context.inTransaction(async (tx) => {
    const facts = await getAccountFacts(tx, context.scope, accountId, context.today)
    requireMay(accounts.switchOff(context.scope, facts))
    await change(tx)
    const { organisationId: officeId } = facts
    await record(tx, context, { operation, subjectKind: 'account', subjectId: accountId, officeId })
  })
}

/** Says where approvers or administrators must take a second step, in an organisation of the actor's and below it. */
export async function decideTwoStep(
  context: Context,
  rule: { organisationId: string; approvers: boolean; administrators: boolean },
): Promise<void> {
  if (!context.scope.administers.includes(rule.organisationId)) throw new NotFound('the organisation')
  const { organisationId, approvers, administrators } = rule
  await context.inTransaction(async (tx) => {
    const decided = {
      approvers,
      administrators,
      decided_by: context.scope.accountId,
      decided_at: context.now,
    }
    await tx
      .insertInto('two_step_rule')
      .values({ organisation_id: organisationId, ...decided })
      .onConflict((conflict) => conflict.column('organisation_id').doUpdateSet(decided))
      .execute()
    await record(tx, context, {
      operation: 'two-step.decide',
      subjectKind: 'organisation',
      subjectId: organisationId,
      officeId: organisationId,
      after: { approvers, administrators },
    })
  })
}
