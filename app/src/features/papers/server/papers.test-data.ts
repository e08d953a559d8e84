import { inTransaction } from '#server/database/handles.ts'
import { newId } from '#server/platform/ids.ts'
import type { TestDatabase } from '../../../../../tests/helpers/database.ts'
import type { TestOffice } from '../../../../../tests/helpers/office.ts'

/** A launched plan with work in every state on 23/11/2026, for tests of papers and of the desk. */
export interface PlantedPlan {
  id: string
  tasks: string[]
  assignments: string[]
}

const done = (day: string) => ({ state: 'done', done_at: `${day}T10:00:00+07:00` })

/**
 * Two tasks for three cells: one done on time with evidence, one done late, one late and begun; of the second task one
 * begun, two owed. Two of three reports in, one of them late; one of two events past; one obstacle of two answered.
 */
export async function plantLaunchedPlan(
  test: TestDatabase,
  office: TestOffice,
  { number = '12-KH/ĐU' }: { number?: string } = {},
): Promise<PlantedPlan> {
  const [planId, documentId] = [newId(), newId()]
  const tasks = [newId(), newId()]
  const accountId = office.officer.actor.accountId
  const [cell1, cell2, cell3] = office.cells.map(({ id }) => id)
  if (!cell1 || !cell2 || !cell3) throw new Error('the plan needs three cells')
  const [task1 = '', task2 = ''] = tasks
  const base = { plan_id: planId, office_id: office.id }
  const work = [
    {
      task_id: task1,
      organisation_id: cell1,
      due_on: '2026-11-10',
      evidence_count: 2,
      ...done('2026-11-09'),
    },
    { task_id: task1, organisation_id: cell2, due_on: '2026-11-10', ...done('2026-11-12') },
    { task_id: task1, organisation_id: cell3, due_on: '2026-11-10', state: 'doing', open_obstacles: 1 },
    { task_id: task2, organisation_id: cell1, due_on: '2026-12-15', state: 'doing' },
    { task_id: task2, organisation_id: cell2, due_on: '2026-12-15', state: 'owed' },
    { task_id: task2, organisation_id: cell3, due_on: '2026-12-15', state: 'owed' },
  ].map((row) => ({ id: newId(), role: 'lead', group_id: row.organisation_id, ...base, ...row }))
  await inTransaction(test.database, async (tx) => {
    const personId = newId()
    await tx
      .insertInto('person')
      .values({ id: personId, full_name: 'Trần Quốc Bảo', sort_key: 'Bảo Trần Quốc' })
      .execute()
    await tx
      .insertInto('post')
      .values({
        id: newId(),
        person_id: personId,
        organisation_id: office.id,
        title: 'Bí thư Đảng ủy',
        from_on: '2025-07-01',
      })
      .execute()
    await tx
      .insertInto('document')
      .values({
        id: documentId,
        office_id: office.id,
        direction: 'incoming',
        file_name: 'ke-hoach.docx',
        created_by: accountId,
      })
      .execute()
    await tx
      .insertInto('plan')
      .values({
        id: planId,
        office_id: office.id,
        document_id: documentId,
        state: 'launched',
        number,
        issued_on: '2026-10-05',
        subject: 'Tổ chức học tập chuyên đề năm 2026',
        launched_at: '2026-10-08T09:00:00+07:00',
        launched_by: accountId,
        resolved_on: '2026-10-08',
      })
      .execute()
    await tx
      .insertInto('task')
      .values([
        {
          id: task1,
          plan_id: planId,
          ordinal: 1,
          text: 'Tổ chức sinh hoạt chuyên đề quý IV',
          due_on: '2026-11-10',
        },
        { id: task2, plan_id: planId, ordinal: 2, text: 'Đăng ký nội dung làm theo', due_on: '2026-12-15' },
      ])
      .execute()
    await tx
      .insertInto('expected')
      .values(office.cells.map(({ id, name }) => ({ plan_id: planId, organisation_id: id, name })))
      .execute()
    await tx.insertInto('assignment').values(work).execute()
    await tx
      .insertInto('report_duty')
      .values(
        [
          { organisation_id: cell1, submitted_at: '2026-11-14T08:00:00+07:00', body: 'Đã sinh hoạt.' },
          { organisation_id: cell2, submitted_at: '2026-11-17T08:00:00+07:00', body: 'Đã sinh hoạt.' },
          { organisation_id: cell3 },
        ].map((row) => ({
          id: newId(),
          ...base,
          ordinal: 1,
          text: 'Báo cáo kết quả sinh hoạt',
          due_on: '2026-11-15',
          ...row,
        })),
      )
      .execute()
    const events = [
      { id: newId(), title: 'Hội nghị triển khai', starts_on: '2026-10-12' },
      {
        id: newId(),
        title: 'Hội nghị tập huấn',
        starts_on: '2026-11-26',
        starts_at: '13:30',
        place: 'Hội trường xã',
      },
    ]
    for (const event of events)
      await tx
        .insertInto('event')
        .values({ ...base, ...event })
        .execute()
    await tx
      .insertInto('event_organisation')
      .values(events.map(({ id }) => ({ event_id: id, organisation_id: cell1 })))
      .execute()
    const [, , late] = work
    await tx
      .insertInto('obstacle')
      .values([
        {
          id: newId(),
          assignment_id: late?.id ?? '',
          office_id: office.id,
          text: 'Thiếu tài liệu chuyên đề',
          raised_by: accountId,
          raised_at: '2026-11-01T08:00:00+07:00',
          answer: 'Đã gửi tài liệu',
          answered_by: accountId,
          answered_at: '2026-11-02T08:00:00+07:00',
        },
        {
          id: newId(),
          assignment_id: late?.id ?? '',
          office_id: office.id,
          text: 'Nhà văn hóa đang sửa',
          raised_by: accountId,
          raised_at: '2026-11-05T08:00:00+07:00',
        },
      ])
      .execute()
  })
  return { id: planId, tasks, assignments: work.map(({ id }) => id) }
}
