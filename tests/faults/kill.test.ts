import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../app/src/server/database/handles.ts'
import { newId } from '../../app/src/server/platform/ids.ts'
import { makeOpenFolder } from '../helpers/open-folder.ts'
import { findFreePort, killLeftovers, type Product, startProduct } from '../helpers/product.ts'
import { connectToProduct } from '../helpers/product-database.ts'
import { type Session, signInAs, visitor } from '../helpers/session.ts'
import { countPeople, listImportsOf, makePeopleList, newJourney, travel } from './bring-in-list.ts'
import { findHalfDone, untilAllRead } from './consistency.ts'

// Killed at any point of intake, launch, evidence upload and import: what was acknowledged is there, nothing is half
// done, and the program starts again without help. Some rounds of each with every run of the tests; FAULT_ROUNDS=100
// for more.

const rounds = Number(process.env['FAULT_ROUNDS'] ?? 12)
const roundsEach = Math.ceil(rounds / 3)

let root: string
let dataDir: string
let port: number
let product: Product
let database: Database
const cookies = new Map<string, string>()
/** Of each round, how many sendings were acknowledged: shows that the kills fell before, between and behind them. */
const taken: string[] = []

beforeAll(async () => {
  root = makeOpenFolder('kill')
  dataDir = join(root, 'data')
  port = await findFreePort()
  await start()
  for (const username of ['canbo', 'bithu'])
    cookies.set(username, (await signInAs(product.url, username)).cookie)
})
afterAll(async () => {
  await database?.close()
  await product?.stop()
  const left = serversRunning()
  killLeftovers()
  rmSync(root, { recursive: true, force: true })
  if (process.env['FAULT_ROUNDS']) console.log(`acknowledged in each round: ${taken.join(' ')}`)
  expect(left).toBe(0)
})

async function start(): Promise<void> {
  product = await startProduct({ dataDir, port, sample: { cells: 50 } })
  database = connectToProduct(dataDir)
}

/** Sessions outlive the program: the cookies of the first round hold in the last. */
const sessionOf = (username: string): Session => visitor(product.url, cookies.get(username))

/** What was sent and answered with success; what broke off is not in it. */
interface Acknowledged<Sent> {
  sent: Sent
  location: string
}

/** Sends each as a form, and kills the program after so many milliseconds. Answers what was acknowledged. */
async function killDuring<Sent>(
  sendings: readonly Sent[],
  send: (one: Sent) => Promise<Response>,
  round: { afterMilliseconds: number; withDatabase: boolean },
): Promise<Acknowledged<Sent>[]> {
  const acknowledged: Acknowledged<Sent>[] = []
  let isKilling = false
  const all = sendings.map(async (one) => {
    const answer = await send(one).catch(() => undefined)
    if (!answer) return
    // A web process that is still there when its database is gone says that it could not: nothing was acknowledged.
    if (isKilling && answer.status === 500) return
    expect(answer.status).toBe(303)
    acknowledged.push({ sent: one, location: answer.headers.get('location') ?? '' })
  })
  await sleep(round.afterMilliseconds)
  isKilling = true
  await killProgram(round)
  await Promise.all(all)
  await database.close()
  taken.push(`${acknowledged.length}/${sendings.length}`)
  return acknowledged
}

async function killProgram({ withDatabase }: { withDatabase: boolean }): Promise<void> {
  const servers = withDatabase ? databaseProcesses() : []
  await Promise.all([product.kill(), ...servers.map((pid) => killNow(pid))])
}

async function killNow(pid: number): Promise<void> {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself in the meantime.
  }
}

/** Every process of a PostgreSQL server on our data folder, by what each calls itself and where it stands. */
function databaseProcesses(): number[] {
  const file = join(dataDir, 'postgres', 'postmaster.pid')
  if (!existsSync(file)) return []
  const server = Number(readFileSync(file, 'utf8').split('\n')[0])
  return [server, ...childrenOf(server)]
}

function childrenOf(parent: number): number[] {
  return processes().filter((pid) => parentOf(pid) === parent)
}

/** Servers on our data folder that run now: never more than one, and none after the end. */
function serversRunning(): number {
  const named = processes().filter((pid) => {
    const line = readOr(`/proc/${pid}/cmdline`).split('\0')
    return (line[0] ?? '').endsWith('postgres') && line.includes(join(dataDir, 'postgres'))
  })
  // For a moment after its birth a server's child bears its parent's name.
  return named.filter((pid) => !named.includes(parentOf(pid))).length
}

const processes = (): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
const parentOf = (pid: number): number =>
  Number(
    readOr(`/proc/${pid}/stat`)
      .replace(/^.*\) /, '')
      .split(' ')[1],
  )
function readOr(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** Starts again, and looks at all that must hold after any end. */
async function startAgain(): Promise<void> {
  await start()
  expect(serversRunning()).toBe(1)
  await untilAllRead(database)
  expect(await findHalfDone(database, dataDir)).toEqual([])
}

/** How long one sending takes when nothing is in its way: the kills are spread over that time and half as much again. */
async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

const allRounds = Array.from({ length: roundsEach }, (_, at) => ({
  round: at + 1,
  // Evenly over the whole time, each a little off: no two runs kill at the same points.
  share: (at + Math.random()) / roundsEach,
  withDatabase: at % 2 === 1,
}))

function planText(): string {
  return `ĐẢNG BỘ TỈNH PHÚ THỌ
ĐẢNG ỦY XÃ
*
Số ${randomBytes(3).readUIntBE(0, 3)}-KH/ĐU

ĐẢNG CỘNG SẢN VIỆT NAM

Phú Thọ, ngày 20 tháng 11 năm 2026

KẾ HOẠCH
phòng, chống rét cho cây trồng, vật nuôi đợt ${randomBytes(6).toString('hex')}
-----

Căn cứ Chương trình công tác năm của Ban Chấp hành Đảng bộ xã;
Ban Thường vụ Đảng ủy xã xây dựng Kế hoạch như sau:

I. MỤC ĐÍCH
- Không để trâu, bò chết rét; giữ mạ cho vụ xuân.

II. TỔ CHỨC THỰC HIỆN
1. Các chi bộ trực thuộc vận động hộ dân che chắn chuồng trại, hoàn thành trước ngày 10/12/2026.
2. Các chi bộ trực thuộc phân công đảng viên giúp hộ neo đơn dự trữ rơm, cỏ trước ngày 15/12/2026.
3. Các chi bộ trực thuộc kiểm tra nhiệt độ chuồng nuôi vào sáng sớm những ngày rét đậm.
4. Các chi bộ trực thuộc báo cáo kết quả về Đảng ủy trước ngày 25/12/2026.

Nơi nhận:
- Các chi bộ trực thuộc,
- Lưu Văn phòng Đảng ủy.

T/M BAN THƯỜNG VỤ
BÍ THƯ

Đặng Văn Thử
`
}

describe('killed while documents come in, the program', () => {
  const bring = (text: string): Promise<Response> =>
    sessionOf('canbo').post('/documents/new', { file: new File([text], 'ke-hoach.txt') })
  let usual = 0
  beforeAll(async () => {
    usual = await timeOf(() => Promise.all([planText(), planText(), planText()].map(bring)))
  })

  test.each(allRounds)('keeps and reads every one that it took: round $round', async (round) => {
    // A small one, one that takes a while to send, and one on the heels of the first.
    const texts = [planText(), planText() + 'Phụ ghi thêm.\n'.repeat(20_000), planText()]
    const kept = await killDuring(texts, bring, {
      afterMilliseconds: round.share * usual * 1.5,
      withDatabase: round.withDatabase,
    })
    await startAgain()
    for (const { sent, location } of kept) {
      const file = await sessionOf('canbo').get(`${location}/file`)
      expect(Buffer.from(await file.arrayBuffer()).equals(Buffer.from(sent))).toBe(true)
      const { rows } = await sql<{ state: string }>`
        select state from document_reading where document_id = ${location.split('/').at(-1)}`.execute(
        database.reader,
      )
      expect(rows).toEqual([{ state: 'read' }])
    }
  })
})

describe('killed while a plan is launched, the program', () => {
  /** A plan in review, and the version of its review. */
  async function preparePlan(): Promise<{ planId: string; version: number }> {
    const answer = await sessionOf('canbo').post('/documents/new', { text: planText() })
    const documentId = answer.headers.get('location')?.split('/').at(-1)
    await untilAllRead(database)
    const { rows } = await sql<{ planId: string; version: number }>`
      select plan.id as "planId", version from plan join plan_review on plan_review.plan_id = plan.id
      where document_id = ${documentId}`.execute(database.reader)
    const [row] = rows
    if (!row) throw new Error('no plan was read')
    return row
  }
  const launch = ({ planId, version }: { planId: string; version: number }): Promise<Response> =>
    sessionOf('canbo').post(`/plans/${planId}/launch`, { command: newId(), version: String(version) })
  let usual = 0
  beforeAll(async () => {
    const plan = await preparePlan()
    usual = await timeOf(() => launch(plan))
    expect(await assignmentsOf(plan.planId)).toBeGreaterThan(10)
  })
  const assignmentsOf = async (planId: string): Promise<number> =>
    (await database.reader.selectFrom('assignment').select('id').where('plan_id', '=', planId).execute())
      .length

  test.each(allRounds)('has launched it whole or not at all: round $round', async (round) => {
    const plan = await preparePlan()
    const launched = await killDuring([plan], launch, {
      afterMilliseconds: round.share * usual * 1.5,
      withDatabase: round.withDatabase,
    })
    await startAgain()
    const { state } = await database.reader
      .selectFrom('plan')
      .select('state')
      .where('id', '=', plan.planId)
      .executeTakeFirstOrThrow()
    if (launched.length > 0) expect(state).toBe('launched')
    expect((await assignmentsOf(plan.planId)) > 0).toBe(state === 'launched')
    // What was not launched can be launched now; what was is not launched twice.
    const again = await launch(plan)
    expect(again.status).toBe(state === 'launched' ? 409 : 303)
  })
})

describe('killed while evidence comes in, the program', () => {
  const start = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  const picture = (bytes: number): Buffer => Buffer.concat([start, randomBytes(bytes)])
  let assignmentId = ''
  const attach = (bytes: Buffer): Promise<Response> =>
    sessionOf('bithu').post(`/work/${assignmentId}?/attach`, {
      command: newId(),
      files: new File([new Uint8Array(bytes)], 'anh.png', { type: 'image/png' }),
    })
  let usual = 0
  beforeAll(async () => {
    const { rows } = await sql<{ id: string }>`
      select assignment.id from assignment
      join role_grant on role_grant.organisation_id = assignment.organisation_id
      join account on account.id = role_grant.account_id
      where account.username = 'bithu' and state <> 'done' limit 1`.execute(database.reader)
    assignmentId = rows[0]?.id ?? ''
    usual = await timeOf(() => Promise.all([picture(1_000), picture(3_000_000)].map(attach)))
  })

  test.each(allRounds)('keeps every piece that it took: round $round', async (round) => {
    const kept = await killDuring([picture(1_000), picture(3_000_000), picture(2_000)], attach, {
      afterMilliseconds: round.share * usual * 1.5,
      withDatabase: round.withDatabase,
    })
    await startAgain()
    for (const { sent } of kept) {
      const { rows } = await sql<{ id: string }>`
        select evidence.id from evidence
        where assignment_id = ${assignmentId} and file_hash = encode(sha256(${sent}), 'hex')`.execute(
        database.reader,
      )
      expect(rows.length).toBe(1)
      const file = await sessionOf('bithu').get(`/files/${rows[0]?.id}`)
      expect(Buffer.from(await file.arrayBuffer()).equals(sent)).toBe(true)
    }
  })
})

describe('killed while a list is read, compared, brought in and taken back, the program', () => {
  let body = ''
  let usual = 0
  beforeAll(async () => {
    const { rows } = await sql<{ name: string }>`
      select cell.name from account join role_grant on account_id = account.id and role = 'personnel'
      join organisation cell on cell.parent_id = role_grant.organisation_id and cell.kind = 'cell'
      where username = 'canbo' order by cell.name limit 1`.execute(database.reader)
    body = rows[0]?.name ?? ''
    const list = await makePeopleList('THU', body)
    usual = await timeOf(() => travel(sessionOf('canbo'), database, list, newJourney()))
  })

  test.each(allRounds)('has brought in all or nothing, and goes on: round $round', async (round) => {
    const list = await makePeopleList(`V${round.round}-`, body)
    const journey = newJourney()
    const broken = travel(sessionOf('canbo'), database, list, journey).catch(() => undefined)
    await sleep(round.share * usual)
    await killProgram(round)
    await broken
    await database.close()
    taken.push(journey.acknowledged.at(-1) ?? 'nothing')
    // Looks for imports of which only a part is there.
    await startAgain()
    expect([0, list.rows]).toContain(await countPeople(database, list))
    const imports = await listImportsOf(database, list)
    if (journey.acknowledged.length > 0) expect(imports.length).toBe(1)
    // Every step is sent again, and nothing comes of it but what was to come.
    await travel(sessionOf('canbo'), database, list, journey)
    expect(await listImportsOf(database, list)).toEqual(['undone'])
    expect(await countPeople(database, list)).toBe(0)
    expect(await findHalfDone(database, dataDir)).toEqual([])
  })
})
