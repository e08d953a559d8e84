import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import pg from 'pg'
import type { Audience } from '../app/src/features/audiences/schema.ts'
import { countPeople, resolvePeople } from '../app/src/features/audiences/server/resolve-people.ts'
import { listPeople } from '../app/src/features/people/server/list-people.ts'
import { getPerson } from '../app/src/features/people/server/person-page.ts'
import type { Role } from '../app/src/server/access/actor.ts'
import { type Scope, scopeOf } from '../app/src/server/access/scope.ts'
import { actOn } from '../app/src/server/database/acting.ts'
import { connect } from '../app/src/server/database/connect.ts'
import { startEmbedded } from '../app/src/server/database/embedded.ts'
import type { Database, Reader } from '../app/src/server/database/handles.ts'
import { migrate } from '../app/src/server/database/migrate.ts'
import { makeOpenFolder } from '../tests/helpers/open-folder.ts'
import { type Figure, milliseconds, percentile, printCircumstances, printTable } from './measured.ts'

const provinces = 10
const communesEach = 100
const cellsEach = 49
const othersEach = 10
const people = 1_000_000
const on = '2026-11-23' as CivilDate
const samples = 60
const pageSize = 50

/** Organisations by number: the centre is 1, then each province with its communes, each commune with its bodies. */
const bodiesOfCommune = 1 + cellsEach + othersEach
const bodiesOfProvince = 1 + communesEach * bodiesOfCommune
const organisationId = (number: number): string =>
  `00000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`
const provinceId = (index: number): string => organisationId(2 + index * bodiesOfProvince)
const communeId = (province: number, index: number): string =>
  organisationId(3 + province * bodiesOfProvince + index * bodiesOfCommune)
const cellId = (province: number, commune: number, index: number): string =>
  organisationId(4 + province * bodiesOfProvince + commune * bodiesOfCommune + index)

// In the order of the trees: a body's number tells where it stands.
const fillOrganisations = `
  insert into organisation (id, hierarchy, kind, name, parent_id)
  select ${idIn('1')}, 'party', 'central-committee', 'Ban Chấp hành Trung ương', null;
  insert into organisation (id, hierarchy, kind, name, parent_id)
  select ${idIn(`2 + p * ${bodiesOfProvince}`)}, 'party', 'province-committee', 'Tỉnh ủy ' || (p + 1), ${idIn('1')}
  from generate_series(0, ${provinces - 1}) p;
  insert into organisation (id, hierarchy, kind, name, parent_id)
  select ${idIn(`3 + p * ${bodiesOfProvince} + c * ${bodiesOfCommune}`)}, 'party', 'commune-committee',
    'Đảng ủy xã ' || (c + 1) || ' tỉnh ' || (p + 1), ${idIn(`2 + p * ${bodiesOfProvince}`)}
  from generate_series(0, ${provinces - 1}) p, generate_series(0, ${communesEach - 1}) c;
  insert into organisation (id, hierarchy, kind, name, parent_id)
  select ${idIn(`4 + p * ${bodiesOfProvince} + c * ${bodiesOfCommune} + b`)},
    case when b < ${cellsEach} then 'party' when b % 2 = 0 then 'front' else 'government' end,
    case when b < ${cellsEach} then 'cell' when b % 2 = 0 then 'union' else 'school' end,
    case when b < ${cellsEach} then 'Chi bộ Khu ' when b % 2 = 0 then 'Hội Nông dân ' else 'Trường Tiểu học ' end
      || (b + 1) || ' xã ' || (c + 1), ${idIn(`3 + p * ${bodiesOfProvince} + c * ${bodiesOfCommune}`)}
  from generate_series(0, ${provinces - 1}) p, generate_series(0, ${communesEach - 1}) c,
    generate_series(0, ${cellsEach + othersEach - 1}) b;
  insert into organisation_line (organisation_id, ancestor_id, distance)
  with recursive line (organisation_id, ancestor_id, distance) as (
    select id, id, 0 from organisation
    union all
    select line.organisation_id, body.parent_id, line.distance + 1
    from line join organisation body on body.id = line.ancestor_id where body.parent_id is not null
  ) select * from line;`

function idIn(number: string): string {
  return `('00000000-0000-7000-8000-' || lpad(to_hex((${number})::bigint), 12, '0'))::uuid`
}
const personIn = (number: string): string =>
  `('11111111-0000-7000-8000-' || lpad(to_hex((${number})::bigint), 12, '0'))::uuid`
const personId = (number: number): string =>
  `11111111-0000-7000-8000-${number.toString(16).padStart(12, '0')}`

const families =
  "array['Nguyễn','Nguyễn','Nguyễn','Nguyễn','Trần','Lê','Phạm','Hoàng','Bùi','Vũ','Đỗ','Đặng','Hà']"
const middles = "array['Văn','Thị','Đức','Hữu','Xuân','Quang','Minh','Ngọc','Đình','Thu','Thanh','Hồng']"
const givens =
  "array['An','Anh','Bình','Cường','Dũng','Đạt','Giang','Hà','Hải','Hạnh','Hiền','Hòa','Hùng','Hương','Lan','Linh','Long','Mai','Nam','Nga','Oanh','Phong','Phúc','Quân','Sơn','Tâm','Thắng','Thủy','Trang','Tuấn','Vân','Yến']"
const pick = (list: string, salt: number): string =>
  `(${list})[1 + abs(hashint8extended(n, ${salt})) % array_length(${list}, 1)]`

// Each person in a cell; the first two of a cell lead it, the first of every third leads another body of the commune.
const cells = provinces * communesEach * cellsEach
const fillPeople = `
  create temp table cell as
  select row_number() over (order by id) - 1 as number, id, parent_id from organisation where kind = 'cell';
  create temp table other as
  select row_number() over (order by id) - 1 as number, id, kind from organisation where kind in ('union', 'school');
  insert into person (id, full_name, sort_key)
  select ${personIn('n')}, family || ' ' || middle || ' ' || given, given || ' ' || family || ' ' || middle
  from generate_series(0, ${people - 1}) n cross join lateral (
    select ${pick(families, 1)} as family, ${pick(middles, 2)} as middle, ${pick(givens, 3)} as given
  ) names;
  insert into membership (id, person_id, organisation_id, status, from_on)
  select gen_random_uuid(), ${personIn('n')}, cell.id,
    case when n % 25 = 24 then 'probationary' else 'official' end, date '2010-01-01' + (n % 5000)::int
  from generate_series(0, ${people - 1}) n join cell on cell.number = n % ${cells};
  insert into post (id, person_id, organisation_id, title, title_id, from_on)
  select gen_random_uuid(), ${personIn('n')}, cell.id, title.name, title.id, '2025-07-10'
  from generate_series(0, ${cells * 2 - 1}) n join cell on cell.number = n % ${cells}
  join post_title title on title.office_id is null
    and title.name = case when n < ${cells} then 'Bí thư chi bộ' else 'Phó Bí thư chi bộ' end;
  insert into post (id, person_id, organisation_id, title, title_id, from_on)
  select gen_random_uuid(), ${personIn(`other.number + ${cells * 3}`)}, other.id, title.name, title.id, '2025-07-10'
  from other join post_title title on title.office_id is null
    and title.name = case when other.kind = 'school' then 'Hiệu trưởng' else 'Chủ tịch hội' end;
  insert into person_detail (person_id, born_on, phone)
  select ${personIn('n')}, date '1960-01-01' + (n % 15000)::int, '09' || lpad(n::text, 8, '0')
  from generate_series(0, ${people - 1}) n;`

/** Measures people and audiences on 60,000 organisations and 1,000,000 people, made for it and thrown away. */
export async function run(): Promise<void> {
  printCircumstances()
  const folder = makeOpenFolder('bench-people')
  const server = await startEmbedded({ dataDir: join(folder, 'data'), durable: true })
  try {
    await migrate(server.addresses.owner)
    await fill(server.addresses.owner)
    const database = connect(server.addresses.program, { mostSessions: 4 })
    await measureAll(database, server.addresses.owner)
    await database.close()
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
    if (!server.folder.startsWith(folder)) rmSync(server.folder, { recursive: true, force: true })
  }
}

async function fill(url: string): Promise<void> {
  const startedAt = performance.now()
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query("set maintenance_work_mem = '512MB'; set work_mem = '256MB'")
  await client.query("select act_as('program')")
  await client.query(`begin; select act_as('program'); ${fillOrganisations} commit;`)
  // Constraints are put back over the whole: what they hold is told of by tests, here only their indexes matter.
  await client.query('alter table membership drop constraint membership_in_one_cell')
  await client.query('alter table post drop constraint post_held_once')
  await client.query(`begin; select act_as('program'); ${fillPeople} commit;`)
  await client.query(`
    alter table membership add constraint membership_in_one_cell exclude using gist (
      person_id with =, daterange(from_on, to_on, '[]') with &&) where (status in ('official', 'probationary'))`)
  await client.query(`
    alter table post add constraint post_held_once exclude using gist (
      person_id with =, organisation_id with =, title with =, daterange(from_on, to_on, '[]') with &&)`)
  await client.query('vacuum analyze')
  const { rows } = await client.query(
    'select (select count(*) from organisation) as organisations, (select count(*) from person) as people, (select count(*) from post) as posts',
  )
  await client.end()
  console.log(JSON.stringify(rows[0]), `in ${((performance.now() - startedAt) / 1000).toFixed(0)} s`)
}

interface Actor {
  accountId: string
  scope: Scope
}

async function makeActor(url: string, organisation: string, roles: readonly Role[]): Promise<Actor> {
  const accountId = crypto.randomUUID()
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(
    `insert into account (id, name, email) values ('${accountId}', 'Người đo', '${accountId}@example.vn')`,
  )
  for (const role of roles)
    await client.query(
      `insert into role_grant (id, account_id, role, organisation_id, from_on)
       values (gen_random_uuid(), '${accountId}', '${role}', '${organisation}', '2026-01-01')`,
    )
  await client.end()
  const grants = roles.map((role) => ({ role, organisationId: organisation, organisationName: '' }))
  return { accountId, scope: scopeOf({ accountId, personId: null, name: 'Người đo', grants }) }
}

const searches = [
  'hung',
  'Nguyễn Văn Hùng',
  'nguyen',
  'thuy',
  'tran thi lan',
  'Bùi Đình Phong',
  'hoà',
  'do quang',
]

async function measureAll(database: Database, ownerUrl: string): Promise<void> {
  const roles: Role[] = ['officer', 'personnel']
  const actors = {
    'a cell’s secretary': await makeActor(ownerUrl, cellId(3, 4, 5), ['secretary']),
    'a commune': await makeActor(ownerUrl, communeId(3, 4), roles),
    'a province': await makeActor(ownerUrl, provinceId(3), roles),
    'the centre': await makeActor(ownerUrl, organisationId(1), roles),
  }
  const filter = {
    words: '',
    organisationId: null,
    titleId: null,
    status: null,
    on,
    offset: 0,
    limit: pageSize,
  }
  const secretaries: Audience = {
    type: 'holders',
    post: 'secretary',
    of: { type: 'every', kinds: ['cell'], reach: 'below' },
  }
  const figures: Figure[] = []
  for (const [name, actor] of Object.entries(actors)) {
    const time = async (
      what: string,
      ask: (reader: Reader, turn: number) => Promise<unknown>,
    ): Promise<void> => {
      const times: number[] = []
      for (let turn = -5; turn < samples; turn++) {
        const acting = actOn(database, { accountId: actor.accountId, today: on })
        const startedAt = performance.now()
        await ask(acting.reader, Math.abs(turn))
        await acting.end()
        if (turn >= 0) times.push(performance.now() - startedAt)
      }
      figures.push({
        what,
        values: [name, milliseconds(percentile(times, 0.5)), milliseconds(percentile(times, 0.95)), '100 ms'],
      })
      console.log(what, name, figures.at(-1)?.values.slice(1).join(' '))
    }
    const { scope } = actor
    const list = (rest: object) => (reader: Reader) => listPeople(reader, scope, { ...filter, ...rest })
    await time('search people by name', (reader, turn) =>
      listPeople(reader, scope, { ...filter, words: searches[turn % searches.length] ?? '' }),
    )
    await time('list people, first page', list({}))
    await time('list people, third page', list({ offset: 2 * pageSize }))
    await time('a person’s page', (reader, turn) =>
      getPerson(reader, scope, { id: personId(inProvince(turn)), on }).catch(() => undefined),
    )
    const [officeId] = scope.offices
    if (!officeId) continue
    const question = { officeId, on }
    await time('list of principals', list({ titleId: '00000000-0000-7000-8000-00000000001b' }))
    if (name === 'the centre') continue
    await time('"Bí thư các chi bộ": count and first page', (reader) =>
      resolvePeople(reader, scope, { ...question, audience: secretaries, limit: pageSize }),
    )
    await time('"Bí thư các chi bộ": count', (reader) =>
      countPeople(reader, scope, { ...question, audiences: [secretaries] }),
    )
  }
  printTable(
    `${samples} times each, one after the other; time in the server process, the database's with it`,
    ['what', 'who asks', 'median', '95 %', 'aim'],
    figures,
  )
}

/** A person of the first cells of province 4, whom the actors see. */
function inProvince(turn: number): number {
  return 3 * communesEach * cellsEach + 4 * cellsEach + 5 + cells * (turn % 20)
}
