import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import { drawStructure } from '../app/src/features/organisations/draw-structure.ts'
import {
  getHistory,
  getOrganisation,
  listTree,
} from '../app/src/features/organisations/server/organisation-reads.ts'
import {
  listBelow,
  listBranches,
  listOwnOrganisations,
  listTops,
  searchOrganisations,
} from '../app/src/features/organisations/server/reads.ts'
import { insertOrganisations, type NewOrganisation } from '../app/src/features/organisations/server/writes.ts'
import { scopeOf } from '../app/src/server/access/scope.ts'
import { actOn } from '../app/src/server/database/acting.ts'
import { asRole, programRole } from '../app/src/server/database/addresses.ts'
import { connect } from '../app/src/server/database/connect.ts'
import { startEmbedded } from '../app/src/server/database/embedded.ts'
import { type Database, inTransaction, type Reader } from '../app/src/server/database/handles.ts'
import { migrate } from '../app/src/server/database/migrate.ts'
import { newId } from '../app/src/server/platform/ids.ts'
import { makeOpenFolder } from '../tests/helpers/open-folder.ts'
import { type Figure, milliseconds, percentile, printCircumstances, printTable } from './measured.ts'

const provinces = 34
const communesEach = 98
const cellsEach = 17
const times = 40
const eve = '2025-06-30' as CivilDate
const today = '2026-11-23' as CivilDate

/** Measures the reads of organisations, today and as of a day before half of them were renamed, on 60,000 made up. */
export async function run(): Promise<void> {
  printCircumstances()
  const folder = makeOpenFolder('bench-organisations')
  const server = await startEmbedded({ dataDir: join(folder, 'data'), durable: false })
  try {
    await migrate(server.addresses.owner)
    const database = connect(asRole(server.addresses.owner, programRole), { actor: 'program' })
    const owner = connect(server.addresses.owner)
    try {
      const made = await makeOrganisations(database)
      await inTransaction(owner, (tx) => sql`analyze`.execute(tx))
      await measure(database, made)
    } finally {
      await database.close()
      await owner.close()
    }
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Made {
  top: string
  province: string
  commune: string
  accountId: string
}

async function makeOrganisations(database: Database): Promise<Made> {
  const rows: NewOrganisation[] = []
  const add = (name: string, kind: NewOrganisation['kind'], parentId: string | null): string => {
    const id = newId()
    const hierarchy = kind === 'front' || kind === 'union' ? 'front' : 'party'
    rows.push({ id, hierarchy, kind, name, abbreviation: null, parentId, unitCode: null })
    return id
  }
  const top = add('Ban Chấp hành Trung ương', 'central-committee', null)
  const made: Made = { top, province: '', commune: '', accountId: newId() }
  for (let province = 1; province <= provinces; province++) {
    const provinceId = add(`Tỉnh ủy số ${province}`, 'province-committee', top)
    made.province ||= provinceId
    for (let commune = 1; commune <= communesEach; commune++) {
      const communeId = add(
        `Đảng ủy xã Hòa Bình ${commune} tỉnh ${province}`,
        'commune-committee',
        provinceId,
      )
      made.commune ||= communeId
      const front = add(`Mặt trận xã Hòa Bình ${commune} tỉnh ${province}`, 'front', communeId)
      add(`Hội Nông dân xã Hòa Bình ${commune} tỉnh ${province}`, 'union', front)
      for (let cell = 1; cell <= cellsEach - 2; cell++)
        add(`Chi bộ thôn ${cell} xã Hòa Bình ${commune}`, 'cell', communeId)
    }
  }
  const startedAt = performance.now()
  await inTransaction(database, async (tx) => {
    await insertOrganisations(tx, rows)
    await sql`insert into account (id, name, email) values (${made.accountId}, 'Quản trị', 'quantri@example.vn')`.execute(
      tx,
    )
    await sql`insert into role_grant (id, account_id, role, organisation_id, from_on)
      values (${newId()}, ${made.accountId}, 'administrator', ${top}, '2020-01-01')`.execute(tx)
  })
  const putIn = performance.now() - startedAt
  const changedAt = performance.now()
  await inTransaction(database, async (tx) => {
    await sql`select act_as('program'), set_config('trienkhai.change_on', '2025-07-01', true)`.execute(tx)
    await sql`update organisation set name = replace(name, 'Hòa Bình', 'Thống Nhất')
      where kind in ('cell', 'commune-committee') and ascii(right(id::text, 1)) % 2 = 0`.execute(tx)
  })
  console.log(`${rows.length} organisations put in with their history in ${milliseconds(putIn)}`)
  console.log(`half of them renamed on 01/7/2025 in ${milliseconds(performance.now() - changedAt)}`)
  return made
}

async function measure(database: Database, { top, province, commune, accountId }: Made): Promise<void> {
  const grants = [{ role: 'administrator' as const, organisationId: top, organisationName: 'Trung ương' }]
  const scope = scopeOf({ accountId, personId: null, name: 'Quản trị', grants })
  const ofProvince = [{ role: 'officer' as const, organisationId: province, organisationName: 'Tỉnh' }]
  const narrow = scopeOf({ accountId, personId: null, name: 'Cán bộ', grants: ofProvince })
  const page = { page: 1, pageSize: 50 }
  const questions = (on: CivilDate | null): [string, (reader: Reader) => Promise<unknown>][] => [
    [
      'the tree, three branches open',
      async (reader) => [
        await listOwnOrganisations(reader, scope, on),
        await listBranches(reader, scope, [top, province, commune], 50, { on }),
      ],
    ],
    [
      'the Front and unions: where the tree starts, first page',
      (reader) => listTops(reader, scope, 'front', { ...page, on }),
    ],
    ['the Party alone: where the tree starts', (reader) => listTops(reader, scope, 'party', { ...page, on })],
    [
      'search “thống nhất 17”',
      (reader) => searchOrganisations(reader, scope, 'thong nhat 17', { ...page, on }),
    ],
    ['search “hòa bình” (all)', (reader) => searchOrganisations(reader, scope, 'hòa bình', { ...page, on })],
    [
      'search “hòa bình” in the Front and unions',
      (reader) => searchOrganisations(reader, scope, 'hòa bình', { ...page, on, hierarchy: 'front' }),
    ],
    [
      'search “hòa bình”, by an officer of one province',
      (reader) => searchOrganisations(reader, narrow, 'hòa bình', { ...page, on }),
    ],
    [
      'a commune’s page with its history',
      async (reader) => [
        await getOrganisation(reader, scope, commune, { today, on }),
        await getHistory(reader, commune),
      ],
    ],
    ['a province’s page', (reader) => getOrganisation(reader, scope, province, { today, on })],
    ['the whole country’s page', (reader) => getOrganisation(reader, scope, top, { today, on })],
    [
      'all below a province, first page',
      (reader) => listBelow(reader, scope, { organisationId: province, kind: null, today, ...page, on }),
    ],
    [
      'the print of a province (1,765 bodies)',
      (reader) => listTree(reader, scope, province, { today, on, deepest: 40, limit: 3_000 }),
    ],
    [
      'the diagram of a province',
      async (reader) =>
        drawStructure(
          await listTree(reader, scope, province, { today, on, deepest: 2, limit: 20_000 }),
          province,
        ),
    ],
  ]
  const figures: Figure[] = []
  for (const [at, [what]] of questions(null).entries()) {
    const values: string[] = []
    for (const on of [null, eve]) {
      const ask = questions(on)[at]?.[1]
      const took: number[] = []
      for (let time = 0; ask && time < times; time++) {
        const acting = actOn(database, { accountId, today, on: on ?? undefined })
        const startedAt = performance.now()
        await ask(acting.reader)
        took.push(performance.now() - startedAt)
        await acting.end()
      }
      values.push(milliseconds(percentile(took, 0.5)), milliseconds(percentile(took, 0.95)))
    }
    figures.push({ what, values })
  }
  printTable(
    `Server time of the reads, ${times} each, first ones included`,
    ['what', 'today: median', '95 %', 'as of 30/6/2025: median', '95 %'],
    figures,
  )
}
