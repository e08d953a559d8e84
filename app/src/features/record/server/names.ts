import { sql } from 'kysely'
import type { Reader } from '#server/database/handles.ts'
import { isId } from '#server/platform/ids.ts'
import type { Names } from '../schema.ts'

/** Ids that are looked up at once: an entry that names more is read in part anyway. */
const mostIds = 2_000

/** What ids stand for, as far as the reader may see it. One query. */
export async function readNames(reader: Reader, ids: readonly string[]): Promise<Names> {
  const wanted = [...new Set(ids)].filter(isId).slice(0, mostIds)
  if (wanted.length === 0) return {}
  const { rows } = await sql<{ id: string; kind: string; name: string }>`
    with wanted as (select unnest(${wanted}::uuid[]) as id)
    select id, 'organisation' as kind, name::text from wanted join organisation using (id)
    union all select id, 'person', full_name::text from wanted join person using (id)
    union all select id, 'account', name::text from wanted join account using (id)
    union all select id, 'plan', concat_ws(' · ', number, subject) from wanted join plan using (id)
    union all
      select id, 'document', coalesce(nullif(concat_ws(' · ', number, subject), ''), nullif(file_name, ''))
      from wanted join document using (id)
    union all select id, 'paper', concat_ws(' · ', printed_number, title) from wanted join paper using (id)
    union all select id, 'task', text from wanted join task using (id)
    union all
      select assignment.id, 'assignment', organisation.name || ': ' || task.text
      from wanted join assignment using (id)
      join organisation on organisation.id = assignment.organisation_id
      join task on task.id = assignment.task_id
    union all
      select obstacle.id, 'obstacle', organisation.name || ': ' || obstacle.text
      from wanted join obstacle using (id)
      join assignment on assignment.id = obstacle.assignment_id
      join organisation on organisation.id = assignment.organisation_id
    union all
      select report_duty.id, 'report_duty', organisation.name || ': ' || report_duty.text
      from wanted join report_duty using (id)
      join organisation on organisation.id = report_duty.organisation_id
    union all select id, 'event', title from wanted join event using (id)
    union all select id, 'reorganisation', title from wanted join reorganisation using (id)
    union all select id, 'audience', name::text from wanted join audience using (id)
    union all select id, 'post-title', name::text from wanted join post_title using (id)
  `.execute(reader)
  return Object.fromEntries(rows.filter(({ name }) => name).map(({ id, kind, name }) => [id, { kind, name }]))
}

/** Where the page of a thing lies. */
const places: Readonly<Record<string, (id: string) => string>> = {
  plan: (id) => `/plans/${id}`,
  assignment: (id) => `/work/${id}`,
  report_duty: (id) => `/work/reports/${id}`,
  document: (id) => `/documents/${id}`,
  paper: (id) => `/papers/${id}`,
  organisation: (id) => `/organisations/${id}`,
  reorganisation: (id) => `/organisations/reorganisations/${id}`,
  person: (id) => `/people/${id}`,
  account: (id) => `/accounts/${id}`,
}

/** The page of an entry's subject; null where it has none, or the reader may not know its name. */
export function opensAt(kind: string, id: string | null, names: Names): string | null {
  const place = places[kind]
  return place && id !== null && names[id] ? place(id) : null
}
