import type { OutCell, OutRow } from '@trienkhai/spreadsheet/out-sheet.ts'
import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import type { Language } from '@trienkhai/vietnamese/language.ts'
import { sql } from 'kysely'
import { showDate } from '#features/shell/format.ts'
import type { Reader } from '#server/database/handles.ts'
import { sheetColumns, writeChoice } from '../columns.ts'
import type { ImportKind } from '../schema.ts'

/**
 * What is taken out: everything at and below an office as it was on a day; with its history, all that had begun by that
 * day, ended or not, of every body that stands or stood there.
 */
export interface ExportQuestion {
  readonly officeId: string
  readonly on: CivilDate
  readonly history: boolean
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
    const rows = await rowsOf(reader, kind, question, portion)
    if (rows.length > 0) yield rows.map((row) => writeRow(kind, row, question))
  }
}

async function rowsOf(
  reader: Reader,
  kind: ImportKind,
  question: ExportQuestion,
  bodies: readonly Body[],
): Promise<Row[]> {
  if (kind !== 'organisations') return listPeople[kind](reader, question, bodies)
  return question.history ? listPeriods(reader, question, bodies) : bodies.map(bodyRow)
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
async function listBodiesOn(
  reader: Reader,
  { officeId, on, history, today }: ExportQuestion,
): Promise<Body[]> {
  if (history || on >= today) {
    const { rows } = await sql<Body>`
      select body.id, body.name, body.kind, body.abbreviation, body.unit_code as "unitCode",
        body.parent_id as "parentId", parent.name as parent
      from organisation_line line join organisation body on body.id = line.organisation_id
      left join organisation parent on parent.id = body.parent_id
      where line.ancestor_id = ${officeId}
        and (${history}::boolean or body.ended_on is null or body.ended_on > ${today})
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

/**
 * What bodies were called and where they stood, from day to day: each stretch in which both stayed the same is a row, and
 * what it was first comes first.
 */
async function listPeriods(reader: Reader, { on }: ExportQuestion, bodies: readonly Body[]): Promise<Row[]> {
  const { rows } = await sql<Row>`
    with bodies as (${listOf(bodies)})
    select body.id::text as id, period.name, period.kind, period.abbreviation, period.unit_code as "unitCode",
      place.parent_id::text as "parentId", parent.name as parent,
      greatest(period.from_on, place.from_on) as "fromOn", least(period.to_on, place.to_on) as "toOn"
    from bodies join organisation body on body.id = bodies.id
    join organisation_period period on period.organisation_id = body.id
    join organisation_place place on place.organisation_id = body.id and place.hierarchy = body.hierarchy
      and daterange(place.from_on, place.to_on, '[]') && daterange(period.from_on, period.to_on, '[]')
    left join organisation parent on parent.id = place.parent_id
    where coalesce(greatest(period.from_on, place.from_on), ${on}) <= ${on}
    order by bodies.ordinal, "fromOn" nulls first
  `.execute(reader)
  return rows
}

/** Whether a post or a membership is wanted: it lasts on the day; with the history, it had begun by then. */
const isWanted = (term: string, { on, history }: ExportQuestion) => sql`
  ${sql.ref(`${term}.from_on`)} <= ${on}
  and (${history}::boolean or ${sql.ref(`${term}.to_on`)} is null or ${sql.ref(`${term}.to_on`)} >= ${on})`

const born = sql`case detail.born_known_to when 'year' then to_char(detail.born_on, 'YYYY')
  when 'month' then to_char(detail.born_on, 'MM/YYYY') else detail.born_on::text end`

const listPeople: Record<
  Exclude<ImportKind, 'organisations'>,
  (reader: Reader, question: ExportQuestion, bodies: readonly Body[]) => Promise<Row[]>
> = {
  // Each person once, where they belong first of all: in the Party, in another body, or where they hold a post.
  people: async (reader, question, bodies) => {
    const { officeId, on, today, history } = question
    // Whoever stood below the office on a past day need not do so now.
    const area =
      history || on >= today
        ? sql`select organisation_id from organisation_line where ancestor_id = ${officeId}`
        : sql`select organisation_id from tree_on(${officeId}, ${on})`
    const { rows } = await sql<Row>`
      with bodies as (${listOf(bodies)}),
      area as materialized (${area}),
      here as (
        select person_id from membership
        where organisation_id in (select id from bodies) and ${isWanted('membership', question)}
        union
        select person_id from post
        where organisation_id in (select id from bodies) and ${isWanted('post', question)}
      )
      select person.id::text as id, person.full_name as name, ${born} as "bornOn", detail.sex, detail.phone, detail.email,
        detail.party_card as "partyCard", detail.joined_on as "joinedOn", detail.official_on as "officialOn",
        case when place.lasts then place.organisation_id::text end as "organisationId",
        case when place.lasts then bodies.name end as organisation,
        case when place.lasts then place.status end as status,
        case when place.lasts and place.status is not null then place.from_on end as "fromOn"
      from here join person on person.id = here.person_id and person.merged_into is null
        and (not ${history}::boolean or person.erased_at is null)
      left join person_detail detail on detail.person_id = person.id
      cross join lateral (
        select organisation_id, status, from_on, to_on is null or to_on >= ${on} as lasts from (
          select organisation_id, status, from_on, to_on,
            case when status in ('official', 'probationary') then 1 else 2 end as rank
          from membership where person_id = person.id and ${isWanted('membership', question)}
          union all
          select organisation_id, null, from_on, to_on, 3 from post
          where person_id = person.id and ${isWanted('post', question)}
        ) each
        where organisation_id in (select organisation_id from area)
        -- Where they are; of who is nowhere any more, where they were last.
        order by lasts desc, case when to_on < ${on} then to_on end desc, rank, from_on, organisation_id limit 1
      ) place
      join bodies on bodies.id = place.organisation_id
      order by bodies.ordinal, person.sort_key, person.id
    `.execute(reader)
    return rows
  },
  posts: async (reader, question, bodies) => {
    const { rows } = await sql<Row>`
      with bodies as (${listOf(bodies)})
      select post.id::text as id, person.id::text as "personId", person.full_name as name, ${born} as "bornOn",
        bodies.id::text as "organisationId", bodies.name as organisation, post.title, post.from_on as "fromOn",
        post.to_on as "toOn", post.decision
      from bodies join post on post.organisation_id = bodies.id and ${isWanted('post', question)}
      join person on person.id = post.person_id and person.merged_into is null
        and (not ${question.history}::boolean or person.erased_at is null)
      left join person_detail detail on detail.person_id = person.id
      left join post_title title on title.id = post.title_id
      order by bodies.ordinal, title.rank, person.sort_key, person.id, post.from_on, post.id
    `.execute(reader)
    return rows
  },
  memberships: async (reader, question, bodies) => {
    const { rows } = await sql<Row>`
      with bodies as (${listOf(bodies)})
      select membership.id::text as id, person.id::text as "personId", person.full_name as name, ${born} as "bornOn",
        bodies.id::text as "organisationId", bodies.name as organisation, membership.status,
        membership.from_on as "fromOn", membership.to_on as "toOn", membership.ended_as as "endedAs"
      from bodies join membership on membership.organisation_id = bodies.id
        and ${isWanted('membership', question)}
      join person on person.id = membership.person_id and person.merged_into is null
        and (not ${question.history}::boolean or person.erased_at is null)
      left join person_detail detail on detail.person_id = person.id
      order by bodies.ordinal, person.sort_key, person.id, membership.from_on, membership.id
    `.execute(reader)
    return rows
  },
}

function listOf(bodies: readonly Body[]) {
  return sql`select id, name, ordinal from unnest(
    ${bodies.map(({ id }) => id)}::uuid[], ${bodies.map(({ name }) => name)}::text[]
  ) with ordinality as listed (id, name, ordinal)`
}

function writeRow(
  kind: ImportKind,
  row: Row,
  { language, history }: ExportQuestion,
): (OutCell | undefined)[] {
  return sheetColumns(kind, history).map(({ key, type }) => {
    const value = row[key]
    if (value === null || value === undefined || value === '') return undefined
    if (type.is === 'choice') return { text: writeChoice(type.of, value, language) }
    if (type.is !== 'date') return { text: value }
    return /^\d{4}-\d{2}-\d{2}$/.test(value) ? { text: value, type: 'date' } : { text: showDate(value) }
  })
}
