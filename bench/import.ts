import { readFileSync, rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { writeXlsx } from '@trienkhai/spreadsheet/xlsx/write-xlsx.ts'
import { addDays, type CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import { makeOpenFolder } from '../tests/helpers/open-folder.ts'
import { type Product, startProduct } from '../tests/helpers/product.ts'
import { connectToProduct } from '../tests/helpers/product-database.ts'
import { type Session, signInAs } from '../tests/helpers/session.ts'
import { type Figure, printCircumstances, printTable } from './measured.ts'

const cells = 2_000

interface Waited {
  state: string
  counts: Record<string, number>
}

/** Brings a list of people into a province from a sheet, by the pages: 150,000 of them, or as many as are asked for. */
export async function run([asked = '150000']: string[]): Promise<void> {
  printCircumstances()
  const people = Number(asked)
  const dataDir = makeOpenFolder('bench-import')
  const product = await startProduct({ dataDir, sample: { cells } })
  const database = connectToProduct(dataDir)
  try {
    const { rows: bodies } = await sql<{ id: string; name: string; parent: string }>`
      select body.id, body.name, parent.name as parent from organisation body
      join organisation parent on parent.id = body.parent_id where body.kind = 'cell'`.execute(
      database.reader,
    )
    let startedAt = performance.now()
    const bytes = await makeList(people, bodies)
    console.log(
      `a sheet of ${people} people in ${bodies.length} cells: ${(bytes.length / 1e6).toFixed(1)} MB, written in ${seconds(startedAt)}`,
    )
    const session = await signInAs(product.url, 'canbotinh')
    const figures: Figure[] = []
    const measure = async (what: string, work: () => Promise<Waited>): Promise<void> => {
      startedAt = performance.now()
      const watching = watchMemory(product)
      const { state, counts } = await work()
      const peak = watching.stop()
      figures.push({
        what,
        values: [seconds(startedAt), state, JSON.stringify(counts), `${peak.before} MB`, `${peak.most} MB`],
      })
      console.log(
        `${what}: ${seconds(startedAt)}, ${JSON.stringify(counts)}, resident at most ${peak.most} MB`,
      )
    }
    const office = (await session.get('/imports').then((answer) => answer.text())) ?? ''
    if (!office.includes('name="file"')) throw new Error('the page of imports offers no form')
    let path = ''
    await measure('sent, read, compared: preview', async () => {
      path = await send(session, bytes)
      return waitFor(database.reader, path, 'preview')
    })
    await measure('brought in', async () => {
      await bringIn(session, database.reader, path)
      return waitFor(database.reader, path, 'done')
    })
    await measure('sent again: preview', async () => {
      path = await send(session, bytes)
      return waitFor(database.reader, path, 'preview')
    })
    printTable(
      `A list of ${people} people, from a sheet into a province of ${bodies.length} cells`,
      ['step', 'time', 'state', 'rows', 'resident before', 'resident at most'],
      figures,
    )
  } finally {
    await database.close()
    await product.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`

const families = [
  'Nguyễn',
  'Trần',
  'Lê',
  'Phạm',
  'Hoàng',
  'Vũ',
  'Đặng',
  'Bùi',
  'Đỗ',
  'Hồ',
  'Ngô',
  'Dương',
  'Lý',
]
const middles = ['Văn', 'Thị', 'Đức', 'Minh', 'Ngọc', 'Quang', 'Thanh', 'Hữu', 'Xuân', 'Kim', 'Hồng', 'Thế']
const givens =
  'An Bình Cường Dung Giang Hà Hải Hòa Hùng Hương Khánh Lan Linh Long Mai Nam Nga Phúc Quý Sơn'.split(' ')
const names = families.length * middles.length * givens.length
const firstBirth = '1950-01-01' as CivilDate
const showDay = (day: CivilDate): string => day.split('-').reverse().join('/')

async function makeList(
  people: number,
  bodies: readonly { name: string; parent: string }[],
): Promise<Uint8Array> {
  const pick = <Value>(list: readonly Value[], at: number): Value => list[at % list.length] as Value
  const two = (value: number): string => String(value).padStart(2, '0')
  const row = (at: number) => {
    const body = pick(bodies, at)
    // Each name comes back with another birth date: no two people are the same.
    const named = at % names
    const name = `${pick(families, named)} ${pick(middles, Math.floor(named / families.length))} ${pick(givens, Math.floor(named / families.length / middles.length))}`
    const born = showDay(addDays(firstBirth, ((named * 7 + Math.floor(at / names)) * 37) % 15_000))
    const joined = `${two(1 + (at % 27))}/${two(1 + (at % 12))}/${2008 + (at % 15)}`
    const texts = [
      name,
      born,
      at % 2 ? 'nữ' : 'nam',
      `09${String(10_000_000 + at)}`,
      String(20_000_000 + at),
      joined,
      `${body.name}, ${body.parent}`,
      'chính thức',
    ]
    return texts.map((text) => ({ text }))
  }
  const portions = function* () {
    for (let at = 0; at < people; at += 1000)
      yield Array.from({ length: Math.min(1000, people - at) }, (_, offset) => row(at + offset))
  }
  const titles = [
    'Họ và tên',
    'Ngày sinh',
    'Giới tính',
    'Điện thoại',
    'Số thẻ đảng',
    'Ngày vào Đảng',
    'Tổ chức',
    'Tư cách',
  ]
  const parts: Uint8Array[] = []
  for await (const part of writeXlsx([
    { name: 'Con người', columns: titles.map((title) => ({ title, width: 16 })), rows: portions() },
  ]))
    parts.push(part)
  return Buffer.concat(parts)
}

async function send(session: Session, bytes: Uint8Array): Promise<string> {
  const page = await (await session.get('/imports')).text()
  const command = /name="command" value="([^"]+)"/.exec(page)?.[1] ?? ''
  const answer = await session.post('/imports', {
    command,
    kind: '',
    office: '',
    file: new File([Uint8Array.from(bytes)], 'danh-sach.xlsx'),
  })
  const place = answer.headers.get('location') ?? ''
  if (!place.startsWith('/imports/')) throw new Error(`the file was not taken: ${answer.status} ${place}`)
  return place
}

type Reader = ReturnType<typeof connectToProduct>['reader']

async function bringIn(session: Session, reader: Reader, path: string): Promise<void> {
  const { rows } = await sql<{ version: number }>`
    select version from data_import where id = ${path.split('/').at(-1)}`.execute(reader)
  const page = await (await session.get(path)).text()
  const command = /name="command" value="([^"]+)"/.exec(page)?.[1] ?? ''
  const answer = await session.post(`${path}?/apply`, {
    command,
    version: String(rows[0]?.version),
    leaveWrong: 'yes',
  })
  if (answer.status !== 303) throw new Error(`it was not taken: ${answer.status} ${await answer.text()}`)
}

async function waitFor(reader: Reader, path: string, wanted: string): Promise<Waited> {
  const id = path.split('/').at(-1)
  let told = 0
  for (;;) {
    const { rows } = await sql<{ state: string; done: number; refusal: unknown }>`
      select state, done_rows as done, refusal from data_import where id = ${id}`.execute(reader)
    const [found] = rows
    if (found && found.done - told >= 25_000) {
      told = found.done
      console.log(`  ${found.state}: ${found.done} rows`)
    }
    if (
      found?.state === wanted ||
      found?.state === 'refused' ||
      (found?.state === 'preview' && found.refusal)
    ) {
      const { rows: counts } = await sql<{ state: string; count: number }>`
        select state, count(*)::int as count from data_import_row where import_id = ${id} group by state`.execute(
        reader,
      )
      return {
        state: found.state,
        counts: Object.fromEntries(counts.map((each) => [each.state, each.count])),
      }
    }
    await sleep(200)
  }
}

/** Memory of the program's own processes, without its database, in megabytes. */
function watchMemory(product: Product): { stop: () => { before: number; most: number } } {
  const now = (): number => Math.round(residentOf(product.pid) / 1024)
  const before = now()
  let most = before
  const timer = setInterval(() => {
    most = Math.max(most, now())
  }, 100)
  return {
    stop: () => {
      clearInterval(timer)
      return { before, most }
    },
  }
}

function residentOf(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    if (/^Name:\s*postgres/m.test(status)) return 0
    const own = Number(/^VmRSS:\s*(\d+)/m.exec(status)?.[1] ?? 0)
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
    return children
      .split(' ')
      .filter(Boolean)
      .reduce((sum, child) => sum + residentOf(Number(child)), own)
  } catch {
    return 0
  }
}
