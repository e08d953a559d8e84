import type { OutCell, OutRow } from '@trienkhai/spreadsheet/out-sheet.ts'
import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import type { Language } from '@trienkhai/vietnamese/language.ts'
import { sql } from 'kysely'
import { showDate } from '#features/shell/format.ts'
import type { Reader } from '#server/database/handles.ts'
import { importColumns, writeChoice } from '../columns.ts'
import type { ImportKind } from '../schema.ts'

/** What is taken out: everything at and below an office, as it was on a day. */
export interface ExportQuestion {
  readonly officeId: string
  readonly on: CivilDate
  readonly today: CivilDate
  readonly language: Language
}

type Row = Readonly<Record<string, string | null>>

/** Bodies whose people are read together: some thousands of rows at most are in memory. */
const bodiesAtOnce = 100

/** The rows of a list in portions, in the order of the tree. */
export async function* exportRows(
  reader: Reader,
  kind: ImportKind,
  question: ExportQuestion,
): AsyncIterable<OutRow[]> {
  const bodies = await listBodiesOn(reader, question)
  for (let at = 0; at < bodies.length; at += bodiesAtOnce) {
    const portion = bodies.slice(at, at + bodiesAtOnce)
    const rows =
      kind === 'organisations' ? portion.map(bodyRow) : await listPeople[kind](reader, question, portion)
    yield rows.map((row) => writeRow(kind, row, question.language))
  }
}

interface Body {
  id: string
  name: string
  kind: string
  abbreviation: string | null
  unitCode: string | null
  parentId: string | null
  parent: string | null
}

/** The bodies at and below an office on a day, each below its superior, by name. */
async function listBodiesOn(reader: Reader, { officeId, on, today }: ExportQuestion): Promise<Body[]> {
  if (on >= today) {
    const { rows } = await sql<Body>`
      select body.id, body.name, body.kind, body.abbreviation, body.unit_code as "unitCode",
        body.parent_id as "parentId", parent.name as parent
      from organisation_line line join organisation body on body.id = line.organisation_id
      left join organisation parent on parent.id = body.parent_id
      where line.ancestor_id = ${officeId} and (body.ended_on is null or body.ended_on > ${today})
      order by line.distance, parent.name, parent.id, body.name, body.id
    `.execute(reader)
    return rows
  }
  const { rows } = await sql<Body>`
    with tree as (select * from tree_on(${officeId}, ${on})),
    named as (
      select tree.*, period.name, period.kind, period.abbreviation, period.unit_code
      from tree join organisation_period period on period.organisation_id = tree.organisation_id
        and (period.from_on is null or period.from_on <= ${on}) and (period.to_on is null or period.to_on >= ${on})
    )
    select own.organisation_id as id, own.name, own.kind, own.abbreviation, own.unit_code as "unitCode",
      own.parent_id as "parentId", parent.name as parent
    from named own left join named parent on parent.organisation_id = own.parent_id
    order by own.distance, parent.name, parent.organisation_id, own.name, own.organisation_id
  `.execute(reader)
  return rows
}

const bodyRow = ({ id, name, kind, abbreviation, unitCode, parentId, parent }: Body): Row => ({
  id,
  name,
  kind,
  abbreviation,
  unitCode,
  parentId,
  parent,
})

const born = sql`case detail.born_known_to when 'year' then to_char(detail.born_on, 'YYYY')
  when 'month' then to_char(detail.born_on, 'MM/YYYY') else detail.born_on::text end`

const listPeople: Record<
  Exclude<ImportKind, 'organisations'>,
  (reader: Reader, question: ExportQuestion, bodies: readonly Body[]) => Promise<Row[]>
> = {
  // Each person once, where they belong first of all: in the Party, in another body, or where they hold a post.
  people: async (reader, { officeId, on }, bodies) => {
    const { rows } = await sql<Row>`
      with bodies as (${listOf(bodies)}),
      here as (
        select person_id from membership where organisation_id in (select id from bodies)
          and from_on <= ${on} and (to_on is null or to_on >= ${on})
        union
        select person_id from post where organisation_id in (select id from bodies)
          and from_on <= ${on} and (to_on is null or to_on >= ${on})
      )
      select person.id::text as id, person.full_name as name, ${born} as "bornOn", detail.sex, detail.phone, detail.email,
        detail.party_card as "partyCard", detail.joined_on as "joinedOn", detail.official_on as "officialOn",
        place.organisation_id::text as "organisationId", bodies.name as organisation, place.status,
        place.from_on as "fromOn"
      from here join person on person.id = here.person_id and person.merged_into is null
      left join person_detail detail on detail.person_id = person.id
      cross join lateral (
        select organisation_id, status, case when status is null then null else from_on end as from_on from (
          select organisation_id, status, from_on,
            case when status in ('official', 'probationary') then 1 else 2 end as rank
          from membership
          where person_id = person.id and from_on <= ${on} and (to_on is null or to_on >= ${on})
          union all
          select organisation_id, null, from_on, 3 from post
          where person_id = person.id and from_on <= ${on} and (to_on is null or to_on >= ${on})
        ) each
        where exists (
          select from organisation_line line
          where line.organisation_id = each.organisation_id and line.ancestor_id = ${officeId}
        )
        order by rank, from_on, organisation_id limit 1
      ) place
      join bodies on bodies.id = place.organisation_id
      order by bodies.ordinal, person.sort_key, person.id
    `.execute(reader)
    return rows
  },
  posts: async (reader, { on }, bodies) => {
    const { rows } = await sql<Row>`
      with bodies as (${listOf(bodies)})
      select post.id::text as id, person.id::text as "personId", person.full_name as name, ${born} as "bornOn",
        bodies.id::text as "organisationId", bodies.name as organisation, post.title, post.from_on as "fromOn",
        post.to_on as "toOn", post.decision
      from bodies join post on post.organisation_id = bodies.id
        and post.from_on <= ${on} and (post.to_on is null or post.to_on >= ${on})
      join person on person.id = post.person_id and person.merged_into is null
      left join person_detail detail on detail.person_id = person.id
      left join post_title title on title.id = post.title_id
      order by bodies.ordinal, title.rank, person.sort_key, post.id
    `.execute(reader)
    return rows
  },
  memberships: async (reader, { on }, bodies) => {
    const { rows } = await sql<Row>`
      with bodies as (${listOf(bodies)})
      select membership.id::text as id, person.id::text as "personId", person.full_name as name, ${born} as "bornOn",
        bodies.id::text as "organisationId", bodies.name as organisation, membership.status,
        membership.from_on as "fromOn", membership.to_on as "toOn", membership.ended_as as "endedAs"
      from bodies join membership on membership.organisation_id = bodies.id
        and membership.from_on <= ${on} and (membership.to_on is null or membership.to_on >= ${on})
      join person on person.id = membership.person_id and person.merged_into is null
      left join person_detail detail on detail.person_id = person.id
      order by bodies.ordinal, person.sort_key, membership.id
    `.execute(reader)
    return rows
  },
}

function listOf(bodies: readonly Body[]) {
  return sql`select id, name, ordinal from unnest(
    ${bodies.map(({ id }) => id)}::uuid[], ${bodies.map(({ name }) => name)}::text[]
  ) with ordinality as listed (id, name, ordinal)`
}

function writeRow(kind: ImportKind, row: Row, language: Language): (OutCell | undefined)[] {
  return importColumns[kind].map(({ key, type }) => {
    const value = row[key]
    if (value === null || value === undefined || value === '') return undefined
    if (type.is === 'choice') return { text: writeChoice(type.of, value, language) }
    if (type.is !== 'date') return { text: value }
    return /^\d{4}-\d{2}-\d{2}$/.test(value) ? { text: value, type: 'date' } : { text: showDate(value) }
  })
}
