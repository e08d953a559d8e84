import type { DeadlineRule } from '@trienkhai/plan-reader/plan.ts'
import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { type RawBuilder, sql } from 'kysely'
import { patternOf } from '#features/assignments/server/reads.ts'
import type { Reckoning } from '#features/plans/deadlines.ts'
import type { Page, PageAsked } from '#features/plans/schema.ts'
import { anyOf, isInArea, isWorkInScope } from '#server/access/rows.ts'
import type { Scope } from '#server/access/scope.ts'
import { cutPage } from '#server/database/cut-page.ts'
import type { Reader } from '#server/database/handles.ts'
import { NotFound } from '#server/platform/errors.ts'
import { isId } from '#server/platform/ids.ts'
import type { DutyLine, DutyStanding } from '../schema.ts'

const officeId = sql.ref('duty.office_id')
const organisationId = sql.ref('duty.organisation_id')

const line = sql`
  duty.id, duty.plan_id as "planId", plan.subject as "planSubject", plan.number as "planNumber",
  office.name as "officeName", duty.text, duty.deadline ->> 'words' as "deadlineWords", duty.due_on as "dueOn",
  duty.organisation_id as "organisationId", unit.name as "organisationName",
  duty.inherited_on as "inheritedOn", (
    select period.name from organisation_period period where period.organisation_id = duty.inherited_from_id
    order by period.from_on desc nulls last limit 1
  ) as "inheritedFrom",
  duty.submitted_at as "submittedAt", (duty.file_hash is not null) as "hasFile"`

const lineTables = sql`
  report_duty duty
  join plan on plan.id = duty.plan_id
  join organisation office on office.id = duty.office_id
  join organisation unit on unit.id = duty.organisation_id`

/** On what day it came, as the calendar stands in Vietnam. */
const submittedOn = sql`(duty.submitted_at at time zone 'Asia/Ho_Chi_Minh')::date`

function standsAs(standing: DutyStanding | 'on-time' | 'with-file', today: CivilDate): RawBuilder<boolean> {
  switch (standing) {
    case 'submitted':
      return sql`duty.submitted_at is not null`
    case 'late':
      return sql`(duty.submitted_at is null and duty.due_on < ${today})`
    case 'owed':
      return sql`(duty.submitted_at is null and (duty.due_on is null or duty.due_on >= ${today}))`
    case 'on-time':
      return sql`(duty.submitted_at is not null and coalesce(${submittedOn} <= duty.due_on, true))`
    case 'with-file':
      return sql`(duty.submitted_at is not null and duty.file_hash is not null)`
  }
}

export interface DutiesAsked extends PageAsked {
  today: CivilDate
  standing: DutyStanding | 'on-time' | 'with-file' | 'open' | null
  /** Those of one plan, as far as one may see them; otherwise those that one's own units owe. */
  planId: string | null
}

/** Report duties: what is owed first, by last day; those of a plan in the places of their units. Two queries. */
export async function listDuties(reader: Reader, scope: Scope, asked: DutiesAsked): Promise<Page<DutyLine>> {
  const conditions: RawBuilder<unknown>[] = []
  if (asked.standing === 'open') conditions.push(sql`duty.submitted_at is null`)
  else if (asked.standing) conditions.push(standsAs(asked.standing, asked.today))
  const from = asked.planId ? ofPlan(scope, asked.planId, asked) : ofOwnUnits(scope, asked)
  const where = conditions.length > 0 ? sql`and ${sql.join(conditions, sql` and `)}` : sql``
  // What decides the page is read alone; names are joined to its few rows.
  const reading = sql<DutyLine>`
    with page as materialized (
      select duty.id, (duty.submitted_at is not null) as came, duty.due_on, expected.place
      ${from} ${where}
      order by came, duty.due_on nulls last, expected.place, duty.id
      ${cutPage(asked)}
    )
    select ${line} from page join (${lineTables}) on duty.id = page.id
    order by page.came, page.due_on nulls last, page.place, page.id`
  const counting = sql<{ total: number }>`select count(*)::int as total ${from} ${where}`
  const [{ rows }, counted] = await Promise.all([reading.execute(reader), counting.execute(reader)])
  return { rows, total: counted.rows[0]?.total ?? 0 }
}

const placed = sql`
  report_duty duty
  left join expected on expected.plan_id = duty.plan_id and expected.organisation_id = duty.organisation_id`

function ofPlan(scope: Scope, planId: string, { search }: PageAsked): RawBuilder<unknown> {
  const pattern = patternOf(search)
  return sql`
    from ${placed}
    where duty.plan_id = ${planId} and ${isWorkInScope(scope, { officeId, organisationId })}
      ${pattern ? sql`and expected.search_key like ${pattern}` : sql``}`
}

/** Of a plan that is closed nothing is owed any more. */
function ofOwnUnits(scope: Scope, { search, standing }: DutiesAsked): RawBuilder<unknown> {
  const pattern = patternOf(search)
  return sql`
    from ${placed} join plan on plan.id = duty.plan_id
    where duty.organisation_id = ${anyOf(scope.memberships)}
      ${standing === 'open' || standing === 'late' || standing === 'owed' ? sql`and plan.state <> 'closed'` : sql``}
      ${pattern ? sql`and (folded(duty.text) like ${pattern} or plan.search_key like ${pattern})` : sql``}`
}

export interface DutyDetails extends DutyLine {
  officeId: string
  inArea: boolean
  deadline: (DeadlineRule & { reckoning?: Reckoning }) | null
  body: string | null
  fileName: string | null
  planState: string
  submittedBy: string | null
}

/** One report duty with what was submitted; NotFound outside the scope. One query. */
export async function getDuty(reader: Reader, scope: Scope, id: string): Promise<DutyDetails> {
  if (!isId(id)) throw new NotFound('report duty')
  const { rows } = await sql<DutyDetails>`
    select ${line}, duty.office_id as "officeId", ${isInArea(scope, organisationId)} as "inArea", duty.deadline,
      duty.body, duty.file_name as "fileName", plan.state as "planState", account.name as "submittedBy"
    from ${lineTables} left join account on account.id = duty.submitted_by
    where duty.id = ${id} and ${isWorkInScope(scope, { officeId, organisationId })}
  `.execute(reader)
  const [row] = rows
  if (!row) throw new NotFound('report duty')
  return row
}

/** The file of a submitted report, for whoever may see the report. */
export async function getReportFile(
  reader: Reader,
  scope: Scope,
  id: string,
): Promise<{ hash: string; name: string; mediaType: string }> {
  if (!isId(id)) throw new NotFound('report file')
  const { rows } = await sql<{ hash: string; name: string; mediaType: string }>`
    select file.hash, duty.file_name as name, file.media_type as "mediaType"
    from report_duty duty join file on file.hash = duty.file_hash
    where duty.id = ${id} and ${isWorkInScope(scope, { officeId, organisationId })}
  `.execute(reader)
  const [row] = rows
  if (!row) throw new NotFound('report file')
  return row
}

export interface DutyCounts {
  total: number
  submitted: number
  onTime: number
  withFile: number
  late: number
}

/** How many reports of a plan came, in time, with a file: three measures; and how many are late. One query. */
export async function countDuties(
  reader: Reader,
  scope: Scope,
  planId: string,
  today: CivilDate,
): Promise<DutyCounts> {
  const { rows } = await sql<DutyCounts>`
    select count(*)::int as total, count(*) filter (where duty.submitted_at is not null)::int as submitted,
      count(*) filter (where ${standsAs('on-time', today)})::int as "onTime",
      count(*) filter (where ${standsAs('with-file', today)})::int as "withFile",
      count(*) filter (where ${standsAs('late', today)})::int as late
    from report_duty duty
    where duty.plan_id = ${planId} and ${isWorkInScope(scope, { officeId, organisationId })}
  `.execute(reader)
  return rows[0] ?? { total: 0, submitted: 0, onTime: 0, withFile: 0, late: 0 }
}

/** What one unit owes of a plan's reports; nothing outside the scope. A plan asks for a handful. One query. */
export async function listUnitDuties(
  reader: Reader,
  scope: Scope,
  planId: string,
  unitId: string,
): Promise<DutyLine[]> {
  const { rows } = await sql<DutyLine>`
    select ${line} from ${lineTables}
    where duty.plan_id = ${planId} and duty.organisation_id = ${unitId}
      and ${isWorkInScope(scope, { officeId, organisationId })}
    order by duty.ordinal limit 100
  `.execute(reader)
  return rows
}
