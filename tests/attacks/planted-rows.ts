import { setTimeout as sleep } from 'node:timers/promises'
import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import { raiseObstacle } from '../../app/src/features/assignments/server/obstacles.ts'
import { attachFiles } from '../../app/src/features/assignments/server/operations.ts'
import { saveAudience } from '../../app/src/features/audiences/server/operations.ts'
import { bringInDocument } from '../../app/src/features/documents/server/operations.ts'
import { createPaper } from '../../app/src/features/papers/server/operations.ts'
import { createPerson } from '../../app/src/features/people/server/operations/create-person.ts'
import { addTitle } from '../../app/src/features/people/server/operations/titles.ts'
import { listTitles } from '../../app/src/features/people/server/reads.ts'
import { phrasesOf } from '../../app/src/features/plans/review.ts'
import { launchPlan } from '../../app/src/features/plans/server/launch.ts'
import { reviewPlan } from '../../app/src/features/plans/server/review-operations.ts'
import { getReview } from '../../app/src/features/plans/server/review-reads.ts'
import { submitReport } from '../../app/src/features/report-duties/server/operations.ts'
import type { Context } from '../../app/src/server/context.ts'
import type { Database } from '../../app/src/server/database/handles.ts'
import { newId } from '../../app/src/server/platform/ids.ts'
import { actAs } from '../helpers/product-database.ts'
import { type PlantedAdministration, plantAdministration } from './planted-administration.ts'
import { plantImport } from './planted-import.ts'

/** Words that stand in what was launched to the first cell and nowhere else. */
export const wordsOfTheWork = ['Sao Khuê', '9174-KH', 'Vàng Lim', 'Hạc Trắng', 'Suối Đá Mài', 'Gió Nồm Nam']

/** Of those, the one that stands in the place of the plan's event: a guest of the event reads it. */
export const wordsOfTheEvent = 'Vàng Lim'

/** Words that are the office's alone: of the plan in review, of its files, and personal ones of a member. */
export const wordsOfTheOffice = ['9173-KH', 'sao-khue-9173', '0987135246', 'Sếu Đầu Đỏ']

/** Real rows of the first commune and of its first cell, by the ids that an attacker may have got hold of. */
export interface PlantedRows {
  document: string
  fileHash: string
  /** A plan in review, and the document behind it. */
  planInReview: string
  field: string
  finding: string
  phrase: string
  /** A plan launched to the first cell alone, with evidence, an obstacle, a report, an event and a paper. */
  plan: string
  launchedDocument: string
  task: string
  assignment: string
  evidence: string
  evidenceHash: string
  obstacle: string
  duty: string
  event: string
  notice: string
  paper: string
  section: string
  office: string
  cell: string
  /** A list that the officer has sent and not brought in yet. */
  import: string
  /** A member of the cell with personal details, the post that they hold there, and a double of theirs. */
  person: string
  post: string
  double: string
  /** A title of the office's own list, and an audience that it keeps. */
  title: string
  audience: string
  /** What administrators keep. */
  kept: PlantedAdministration
}

/** The words of a planted plan; each call differs, so that its content does too. */
export function planText(number: string, cellName: string): string {
  return `ĐẢNG BỘ TỈNH PHÚ THỌ
ĐẢNG ỦY XÃ
*
Số ${number}-KH/ĐU

ĐẢNG CỘNG SẢN VIỆT NAM

Phú Thọ, ngày 20 tháng 11 năm 2026

KẾ HOẠCH
tổ chức đợt nghĩa tình Sao Khuê tại thôn Vàng Lim
-----

Căn cứ Chương trình công tác năm của Ban Chấp hành Đảng bộ xã;
Ban Thường vụ Đảng ủy xã xây dựng Kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU
- Chăm lo các gia đình neo đơn ở thôn Vàng Lim.

II. NỘI DUNG
1. Hội nghị triển khai
- Thời gian: 08 giờ 00, thứ Sáu, ngày 11 tháng 12 năm 2026.
- Địa điểm: Nhà văn hóa thôn Vàng Lim.
- Thành phần: ${cellName}.

III. TỔ CHỨC THỰC HIỆN
1. ${cellName} sửa nhà cho các hộ ở thôn Vàng Lim, hoàn thành trước ngày 20/12/2026.
2. ${cellName} báo cáo kết quả về Đảng ủy trước ngày 25/12/2026.

Nơi nhận:
- ${cellName},
- Lưu Văn phòng Đảng ủy.

T/M BAN THƯỜNG VỤ
BÍ THƯ

Đặng Văn Thử
`
}

/** A picture of one pixel: the smallest thing that is taken for evidence. */
export const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

const limits = { mostBytes: 1_000_000 }

/**
 * Plants what the attacks are after, by the operations that people's forms call. Keys of accounts are the owner's to
 * write, who is found beside the product unless given.
 */
export async function plantRows(database: Database, dataDir: string, owner?: Database): Promise<PlantedRows> {
  const officer = await actAs(database, dataDir, 'canbo')
  const secretary = await actAs(database, dataDir, 'bithu')
  const [office, cell] = [officer.actor.grants[0], secretary.actor.grants[0]]
  if (!office || !cell) throw new Error('the sample accounts have no rights')
  const offices = {
    office: office.organisationId,
    cell: cell.organisationId,
    cellName: cell.organisationName,
  }

  const inReview = await plantPlan(database, officer, offices, '9173')
  const launched = await plantPlan(database, officer, offices, '9174')
  const version = (await getReview(officer, launched.plan)).version
  await must(launchPlan(officer, { commandId: newId(), planId: launched.plan, version }))

  const idOf = async (table: string, condition = sql`plan_id = ${launched.plan}`): Promise<string> => {
    const { rows } = await sql<{ id: string }>`
      select id from ${sql.table(table)} where ${condition} order by id limit 1`.execute(database.reader)
    const [row] = rows
    if (!row) throw new Error(`no row of ${table} was planted`)
    return row.id
  }
  const assignment = await idOf('assignment')
  const file = { name: 'Hạc Trắng.png', size: pixel.length, content: new Blob([pixel]) }
  await must(attachFiles(secretary, { commandId: newId(), assignmentId: assignment, files: [file] }, limits))
  const obstacleText = 'Đường vào Suối Đá Mài sạt lở'
  await must(raiseObstacle(secretary, { commandId: newId(), assignmentId: assignment, text: obstacleText }))
  const duty = await idOf('report_duty')
  const body = 'Đã sửa xong hai nhà ở khu Gió Nồm Nam'
  await must(submitReport(secretary, { commandId: newId(), dutyId: duty, body, file }, limits))
  const paper = await createPaper(officer, {
    commandId: newId(),
    planId: launched.plan,
    kind: 'report',
    finishBy: null,
  })
  if (!paper.ok) throw new Error(`the paper was refused: ${paper.reason}`)

  const people = await plantPeople(officer, offices)
  const audience = {
    officeId: offices.office,
    name: 'Đội hình Sếu Đầu Đỏ',
    audience: { type: 'self' as const },
  }
  await must(saveAudience(officer, { commandId: newId(), ...audience }))
  const { review } = await getReview(officer, inReview.plan)
  const kept = await database.reader
    .selectFrom('paper')
    .select('content')
    .where('id', '=', paper.paperId)
    .executeTakeFirstOrThrow()
  const { sections } = kept.content as unknown as { sections: { id: string }[] }
  const evidence = await idOf('evidence', sql`assignment_id = ${assignment}`)
  const { file_hash: evidenceHash } = await database.reader
    .selectFrom('evidence')
    .select('file_hash')
    .where('id', '=', evidence)
    .executeTakeFirstOrThrow()
  return {
    document: inReview.document,
    fileHash: inReview.hash,
    planInReview: inReview.plan,
    field: review.head.subject.id,
    finding: review.findings[0]?.id ?? 'none',
    phrase: phrasesOf(review)[0] ?? '',
    plan: launched.plan,
    launchedDocument: launched.document,
    task: await idOf('task'),
    assignment,
    evidence,
    evidenceHash: evidenceHash ?? '',
    obstacle: await idOf('obstacle', sql`assignment_id = ${assignment}`),
    duty,
    event: await idOf('event'),
    notice: await idOf(
      'notice',
      sql`account_id = ${secretary.actor.accountId} and plan_id = ${launched.plan}`,
    ),
    paper: paper.paperId,
    section: sections[0]?.id ?? '',
    office: offices.office,
    cell: offices.cell,
    import: await plantImport(database, officer, offices.office),
    person: people.person,
    double: people.double,
    post: await idOf('post', sql`person_id = ${people.person}`),
    audience: await idOf('audience', sql`office_id = ${offices.office}`),
    title: await idOf('post_title', sql`office_id = ${offices.office}`),
    kept: await plantAdministration(database, dataDir, { ...offices, person: people.double }, owner),
  }
}

async function plantPlan(
  database: Database,
  officer: Context,
  { office, cell, cellName }: { office: string; cell: string; cellName: string },
  number: string,
): Promise<{ document: string; plan: string; hash: string }> {
  const text = new TextEncoder().encode(planText(number, cellName))
  const file = {
    name: `ke-hoach-sao-khue-9173-${number}.txt`,
    mediaType: 'text/plain',
    size: text.length,
    stream: () => new Blob([text]).stream(),
  }
  const outcome = await bringInDocument(officer, { id: office }, file, limits)
  if (!outcome.ok) throw new Error(`the planted document was refused: ${outcome.reason}`)
  const plan = await untilPlan(database, outcome.documentId)
  // Every phrase stands for the first cell, whatever the matching would make of it.
  for (const phrase of phrasesOf((await getReview(officer, plan)).review))
    await must(
      reviewPlan(officer, plan, {
        type: 'audience',
        phrase,
        audience: { type: 'organisations', ids: [cell] },
      }),
    )
  const { file_hash: hash } = await database.reader
    .selectFrom('document')
    .select('file_hash')
    .where('id', '=', outcome.documentId)
    .executeTakeFirstOrThrow()
  return { document: outcome.documentId, plan, hash: hash ?? '' }
}

/** The plan that the running product reads from a document. */
export async function untilPlan(database: Database, documentId: string): Promise<string> {
  const deadline = Date.now() + 60_000
  for (;;) {
    const plan = await database.reader
      .selectFrom('plan')
      .select('id')
      .where('document_id', '=', documentId)
      .executeTakeFirst()
    if (plan) return plan.id
    if (Date.now() > deadline) throw new Error('the document was not read')
    await sleep(50)
  }
}

async function must(outcome: Promise<{ ok: boolean; reason?: string }>): Promise<void> {
  const { ok, reason } = await outcome
  if (!ok) throw new Error(`planting was refused: ${reason}`)
}

/** A member of the cell with personal details and a post under a title of the office's own, and somebody like them. */
async function plantPeople(
  officer: Context,
  { office, cell }: { office: string; cell: string },
): Promise<{ person: string; double: string }> {
  const details = {
    bornOn: null,
    bornKnownTo: 'day' as const,
    sex: null,
    phone: '0987135246',
    email: null,
    partyCard: null,
    joinedOn: null,
    officialOn: null,
  }
  await must(
    addTitle(officer, {
      commandId: newId(),
      officeId: office,
      name: 'Tổ trưởng tổ xung kích',
      kinds: ['cell'],
      isSingle: false,
    }),
  )
  const titles = await listTitles(officer.reader, { kind: 'cell', organisationId: cell })
  const enter = async (titleId: string | null, apart: string[]): Promise<string> => {
    const outcome = await createPerson(officer, {
      commandId: newId(),
      fullName: 'Quàng Thị Sao Biển',
      organisationId: cell,
      status: 'official',
      titleId,
      fromOn: '2020-02-03' as CivilDate,
      details,
      apart,
    })
    if (!outcome.ok) throw new Error(`the person was refused: ${outcome.reason}`)
    return outcome.personId
  }
  const person = await enter(titles.find(({ officeId }) => officeId === office)?.id ?? null, [])
  return { person, double: await enter(null, [person]) }
}
