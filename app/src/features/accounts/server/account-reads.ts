import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { fold } from '@trienkhai/vietnamese/fold.ts'
import { type RawBuilder, sql } from 'kysely'
import type { AccountFacts } from '#server/access/accounts.ts'
import { anyOf } from '#server/access/rows.ts'
import type { Scope } from '#server/access/scope.ts'
import { cutPage } from '#server/database/cut-page.ts'
import type { Reader } from '#server/database/handles.ts'
import { NotFound } from '#server/platform/errors.ts'
import { hasMail } from '../rules.ts'
import type {
  AccountDetails,
  AccountFilter,
  AccountLine,
  GivenRole,
  InvitationLine,
  Page,
  PersonWithout,
  RightLine,
} from '../schema.ts'

/** Below what the actor administers. */
const isKeptBelow = (
  scope: Scope,
  organisationId: RawBuilder<unknown>,
): RawBuilder<boolean> => sql<boolean>`exists (
  select from organisation_line line
  where line.organisation_id = ${organisationId} and line.ancestor_id = ${anyOf(scope.administers)}
)`

/** Strangers have tried it so often in the last hour that who comes from an unknown device has to wait. */
const isLocked = sql<boolean>`exists (
  select from sign_in_limit tried
  where tried.key = 'account ' || account.id and tried.failures >= 20 and tried.last_at > now() - interval '1 hour'
)`

const patternsOf = (words: string): string[] =>
  fold(words)
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => `%${word.replace(/[%_\\]/g, '\\$&')}%`)

/** A cell's name says little by itself: many communes have a "Chi bộ Khu 1". */
const placeName = sql<string>`(
  select case when home.kind in ('cell', 'cell-group') then concat_ws(', ', home.name, above.name) else home.name end
  from (select 1) one left join organisation above on above.id = home.parent_id
)`

const line = (today: CivilDate) => sql`
  account.id, account.name, coalesce(account.username, '') as username, account.email,
  ${placeName} as "organisationName",
  (select coalesce(array_agg(distinct held.role), '{}') from grants_of(account.id, ${today}) held) as roles,
  account.last_signed_in_at as "lastSignedInAt", account.off_at is not null as "isOff", ${isLocked} as "isLocked",
  (
    select case when last.used_at is null and last.revoked_at is null and last.expires_at > now() then 'open'
      else 'over' end
    from invitation last where last.account_id = account.id order by last.made_at desc limit 1
  ) as invitation`

type Found = Omit<AccountLine, 'hasMail'> & { email: string }

const lineOf = ({ email, ...rest }: Found): AccountLine => ({ ...rest, hasMail: hasMail(email) })

/** Accounts that are kept below what the actor administers, by name; one query. */
export async function listAccounts(
  reader: Reader,
  scope: Scope,
  asked: {
    words: string
    filter: AccountFilter
    role: GivenRole | null
    today: CivilDate
    offset: number
    limit: number
  },
): Promise<Page<AccountLine>> {
  if (scope.administers.length === 0) return { rows: [], total: 0 }
  const { today, filter, role } = asked
  const conditions = [
    isKeptBelow(scope, sql.ref('account.organisation_id')),
    ...patternsOf(asked.words).map((pattern) => sql<boolean>`account.search_key like ${pattern}`),
  ]
  if (filter === 'never')
    conditions.push(sql<boolean>`account.last_signed_in_at is null and account.off_at is null`)
  if (filter === 'off') conditions.push(sql<boolean>`account.off_at is not null`)
  if (filter === 'locked') conditions.push(isLocked)
  if (role !== null)
    conditions.push(
      sql<boolean>`exists (select from grants_of(account.id, ${today}) held where held.role = ${role})`,
    )
  const { rows } = await sql<Found & { total: number }>`
    with page as materialized (
      select account.*, count(*) over ()::int as total from account
      where ${sql.join(conditions, sql` and `)}
      order by account.name, account.id
      ${cutPage(asked)}
    )
    select ${line(today)}, account.total
    from page account left join organisation home on home.id = account.organisation_id
    order by account.name, account.id
  `.execute(reader)
  return { rows: rows.map(({ total: _total, ...row }) => lineOf(row)), total: rows[0]?.total ?? 0 }
}

/** How an account stands to the actor, for `server/access/accounts.ts`; throws NotFound where it is not theirs. */
export async function getAccountFacts(
  reader: Reader,
  scope: Scope,
  id: string,
  today: CivilDate,
): Promise<AccountFacts & { organisationId: string }> {
  const { rows } = await sql<AccountFacts & { organisationId: string }>`
    select account.id as "accountId", account.organisation_id as "organisationId", true as "belowActor",
      is_account_below(account.id, ${scope.administers}::uuid[], ${today}) as "wholeBelowActor"
    from account
    where account.id = ${id} and ${isKeptBelow(scope, sql.ref('account.organisation_id'))}
  `.execute(reader)
  const [facts] = rows
  if (!facts) throw new NotFound('the account')
  return facts
}

/** One account with its rights and invitations; throws NotFound where it is not the actor's to see. */
export async function getAccount(
  reader: Reader,
  scope: Scope,
  id: string,
  today: CivilDate,
): Promise<AccountDetails> {
  const { rows } = await sql<
    Found & Pick<AccountDetails, 'personId' | 'organisationId' | 'hasTwoStep' | 'rights'>
  >`
    select ${line(today)}, account.person_id as "personId", account.organisation_id as "organisationId",
      account.two_factor_enabled as "hasTwoStep"
    from account left join organisation home on home.id = account.organisation_id
    where account.id = ${id} and ${isKeptBelow(scope, sql.ref('account.organisation_id'))}
  `.execute(reader)
  const [found] = rows
  if (!found) throw new NotFound('the account')
  const { rows: rights } = await sql<RightLine>`
    select role_grant.id, role_grant.role, organisation.id as "organisationId",
      organisation.name as "organisationName",
      case when role_grant.subject_kind is not null then jsonb_build_object('kind', role_grant.subject_kind, 'title', (
        select title from event where event.id = role_grant.subject_id
        union all select subject from plan where plan.id = role_grant.subject_id
        union all select coalesce(subject, file_name) from document where document.id = role_grant.subject_id
      )) end as thing,
      role_grant.from_on as "fromOn", role_grant.to_on as "toOn",
      role_grant.to_on is null or role_grant.to_on >= ${today} as "isOpen"
    from role_grant join organisation on organisation.id = role_grant.organisation_id
    where role_grant.account_id = ${id}
    order by role_grant.to_on is null or role_grant.to_on >= ${today} desc, role_grant.from_on desc, role_grant.id
    limit 100
  `.execute(reader)
  const { rows: invitations } = await sql<InvitationLine>`
    select id, purpose, by, made_at as "madeAt", expires_at as "expiresAt", used_at as "usedAt",
      revoked_at as "revokedAt", used_at is null and revoked_at is null and expires_at > now() as "isOpen"
    from invitation where account_id = ${id} order by made_at desc limit 20
  `.execute(reader)
  return {
    ...lineOf(found),
    personId: found.personId,
    organisationId: found.organisationId,
    hasTwoStep: found.hasTwoStep,
    email: hasMail(found.email) ? found.email : null,
    rights,
    invitations,
  }
}

/** People of the actor's organisations, by words of their name, who have no account yet. */
export async function findPeopleWithout(
  reader: Reader,
  scope: Scope,
  asked: { words: string; personId: string | null; today: CivilDate; limit: number },
): Promise<PersonWithout[]> {
  const patterns = patternsOf(asked.words)
  if (patterns.length === 0 && asked.personId === null) return []
  const wanted =
    asked.personId === null
      ? sql.join(
          patterns.map((pattern) => sql<boolean>`person.search_key like ${pattern}`),
          sql` and `,
        )
      : sql<boolean>`person.id = ${asked.personId}`
  const { rows } = await sql<PersonWithout>`
    select person.id, person.full_name as "fullName", places.listed as places
    from person cross join lateral (
      select jsonb_agg(distinct jsonb_build_object('id', body.id, 'name', case when body.kind in ('cell', 'cell-group')
        then concat_ws(', ', body.name, parent.name) else body.name end)) as listed
      from (
        select organisation_id from post where person_id = person.id and (to_on is null or to_on >= ${asked.today})
        union
        select organisation_id from membership
        where person_id = person.id and (to_on is null or to_on >= ${asked.today})
      ) standing join organisation body on body.id = standing.organisation_id
      left join organisation parent on parent.id = body.parent_id
      where ${isKeptBelow(scope, sql.ref('body.id'))} and body.ended_on is null
    ) places
    where ${wanted} and places.listed is not null
      and not exists (select from account where account.person_id = person.id)
    order by person.sort_key, person.id limit ${sql.lit(asked.limit)}
  `.execute(reader)
  return rows
}

export interface TwoStepRule {
  organisationId: string
  organisationName: string
  approvers: boolean
  administrators: boolean
}

/** What the actor's living organisations ask of who signs in. */
export async function listTwoStepRules(reader: Reader, scope: Scope): Promise<TwoStepRule[]> {
  const { rows } = await sql<TwoStepRule>`
    select organisation.id as "organisationId", organisation.name as "organisationName",
      coalesce(rule.approvers, false) as approvers, coalesce(rule.administrators, false) as administrators
    from organisation left join two_step_rule rule on rule.organisation_id = organisation.id
    where organisation.id = ${anyOf(scope.administers)} and organisation.ended_on is null
    order by organisation.name
  `.execute(reader)
  return rows
}
