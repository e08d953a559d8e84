import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { fold } from '@trienkhai/vietnamese/fold.ts'
import { sql } from 'kysely'
import { anyOf } from '#server/access/rows.ts'
import type { Scope } from '#server/access/scope.ts'
import { cutPage } from '#server/database/cut-page.ts'
import type { Reader } from '#server/database/handles.ts'
import { NotFound } from '#server/platform/errors.ts'
import { isId } from '#server/platform/ids.ts'
import type { CitedPlan, PaperOffice } from '../drafting.ts'
import type { Paper, PaperListed } from '../schema.ts'

/** The offices' papers, the last written first; `search` is compared without marks. One query. */
export async function listPapers(
  reader: Reader,
  scope: Scope,
  page: { search: string; offset: number; limit: number },
): Promise<{ papers: PaperListed[]; total: number }> {
  const wanted = fold(page.search).replace(/[\\%_]/g, '\\$&')
  const { rows } = await sql<PaperListed & { total: number }>`
    select paper.id, paper.kind, paper.title, paper.plan_id as "planId", plan.subject as "planSubject",
      plan.number as "planNumber", paper.figures_on as "figuresOn", paper.updated_at as "updatedAt",
      paper.printed_number as "printedNumber", paper.issued_on as "issuedOn",
      count(*) over ()::int as total
    from paper join plan on plan.id = paper.plan_id
    where paper.office_id = ${anyOf(scope.offices)}
      ${
        wanted
          ? sql`and (folded(paper.title) like ${`%${wanted}%`} or plan.search_key like ${`%${wanted}%`}
        or folded(paper.printed_number) like ${`%${wanted}%`})`
          : sql``
      }
    order by paper.updated_at desc, paper.id desc
    ${cutPage(page)}
  `.execute(reader)
  return { papers: rows.map(({ total: _total, ...paper }) => paper), total: rows[0]?.total ?? 0 }
}

/** One paper of the offices', or NotFound. */
export async function getPaper(reader: Reader, scope: Scope, id: string): Promise<Paper> {
  if (!isId(id)) throw new NotFound('paper')
  const { rows } = await sql<Paper>`
    select paper.id, paper.office_id as "officeId", paper.plan_id as "planId", plan.subject as "planSubject",
      plan.number as "planNumber", paper.kind, paper.title, paper.content, paper.figures_on as "figuresOn",
      paper.version, paper.updated_at as "updatedAt",
      case when paper.issued_at is not null then jsonb_build_object(
        'number', paper.number, 'printedNumber', paper.printed_number, 'issuedOn', paper.issued_on,
        'issuedAt', paper.issued_at, 'issuedBy', account.name
      ) end as issue,
      case when before.id is not null then jsonb_build_object(
        'id', before.id, 'printedNumber', before.printed_number, 'issuedOn', before.issued_on
      ) end as follows,
      coalesce((
        select jsonb_agg(jsonb_build_object(
          'id', later.id, 'printedNumber', later.printed_number, 'issuedOn', later.issued_on
        ) order by later.created_at, later.id)
        from paper later where later.follows_id = paper.id
      ), '[]') as followed
    from paper join plan on plan.id = paper.plan_id
    left join account on account.id = paper.issued_by
    left join paper before on before.id = paper.follows_id
    where paper.id = ${id} and paper.office_id = ${anyOf(scope.offices)}
  `.execute(reader)
  const [paper] = rows
  if (!paper) throw new NotFound('paper')
  const { issue } = paper
  // JSON has no dates of its own.
  return issue ? { ...paper, issue: { ...issue, issuedAt: new Date(issue.issuedAt) } } : paper
}

export interface PlanForPaper extends CitedPlan {
  id: string
  officeId: string
  state: string
  office: PaperOffice
}

/** A plan of the offices', with the office as its papers name it, on a day; NotFound for another's. */
export async function getPlanForPaper(
  reader: Reader,
  scope: Scope,
  planId: string,
  today: CivilDate,
): Promise<PlanForPaper> {
  if (!isId(planId)) throw new NotFound('plan')
  const { rows } = await sql<Omit<PlanForPaper, 'office'> & PaperOffice>`
    select plan.id, plan.office_id as "officeId", plan.state, plan.number, plan.issued_on as "issuedOn",
      plan.subject, (plan.launched_at at time zone 'Asia/Ho_Chi_Minh')::date as "launchedOn",
      office.name, office.kind, office.hierarchy, office.abbreviation,
      coalesce((
        select jsonb_agg(jsonb_build_object('name', above.name, 'kind', above.kind) order by line.distance)
        from organisation_line line join organisation above on above.id = line.ancestor_id
        where line.organisation_id = office.id and line.distance > 0
      ), '[]') as above,
      coalesce((
        select jsonb_agg(jsonb_build_object('name', person.full_name, 'title', post.title)
          order by post.title not ilike 'bí thư%', post.title not ilike 'phó%', post.title, person.sort_key)
        from post join person on person.id = post.person_id
        where post.organisation_id = office.id and post.from_on <= ${today}
          and (post.to_on is null or post.to_on >= ${today})
          and (post.title ilike 'bí thư%' or post.title ilike 'phó bí thư%' or post.title ilike '%chủ tịch%'
            or post.title ilike 'trưởng%' or post.title ilike 'phó trưởng%' or post.title ilike 'chánh%'
            or post.title ilike 'chủ nhiệm%' or post.title ilike 'giám đốc%')
      ), '[]') as leaders
    from plan join organisation office on office.id = plan.office_id
    where plan.id = ${planId} and plan.office_id = ${anyOf(scope.offices)}
  `.execute(reader)
  const [row] = rows
  if (!row) throw new NotFound('plan')
  const { id, officeId, state, number, issuedOn, subject, launchedOn, ...office } = row
  return { id, officeId, state, number, issuedOn, subject, launchedOn, office }
}

/** Launched plans of the offices', newest first: those that a paper can be written for. */
export async function listPlansForPapers(
  reader: Reader,
  scope: Scope,
): Promise<{ id: string; number: string | null; subject: string }[]> {
  const { rows } = await sql<{ id: string; number: string | null; subject: string }>`
    select id, number, subject from plan
    where office_id = ${anyOf(scope.offices)} and state in ('launched', 'closed')
    order by launched_at desc, id limit 100
  `.execute(reader)
  return rows
}
