import { sql } from 'kysely'
import { registerFile } from '#server/kept-files.ts'
import { accountOf, atHour, drawn, type LaunchedSample, type Planting } from './planting.ts'

const minutes = `BIÊN BẢN SINH HOẠT CHUYÊN ĐỀ

Thành phần: đảng viên chi bộ, theo danh sách điểm danh kèm theo.
Nội dung: nghe giới thiệu kế hoạch của cấp trên; thảo luận; biểu quyết việc làm của chi bộ trong quý.
Kết luận: chi bộ thống nhất phân công từng đảng viên phụ trách, kiểm điểm lại vào kỳ sinh hoạt tới.
`

/** What stands behind the states of a plan's assignments: steps, evidence and obstacles, as many as each one counts. */
export async function plantProgress({ tx, files, today }: Planting, launched: LaunchedSample): Promise<void> {
  const kept = await files.keepFile(new TextEncoder().encode(minutes), { mostBytes: 100_000 })
  if (!kept.ok) throw new Error('the sample minutes were not kept')
  await registerFile(tx, files, { hash: kept.hash, size: kept.size, mediaType: 'text/plain' })
  // The counting triggers read what was just written: without statistics they would walk through it row by row.
  await sql`select refresh_statistics()`.execute(tx)
  const byUnit = accountOf(launched, sql`assignment.organisation_id`)
  const draw = (salt: string) =>
    drawn(
      sql`plan.number`,
      sql`plan.subject`,
      sql`task.ordinal`,
      sql`assignment.organisation_id`,
      sql`${salt}::text`,
    )
  // Nearly all of what is past its day is done, and some of what is not. Work starts in the morning and ends in the
  // afternoon, as offices keep their hours.
  await sql`
    with drawn as (
      select assignment.id,
        case
          when ${draw('done')} < case when assignment.due_on < ${today}::date then 0.8
            when assignment.due_on is null or assignment.due_on > ${today}::date + 30 then 0.12 else 0.4 end then 'done'
          when ${draw('doing')} < 0.45 then 'doing'
          else 'owed'
        end as state,
        plan.launched_at,
        greatest(interval '0', least(
          ${atHour(today, 16)}::timestamptz - interval '1 day',
          coalesce(assignment.due_on + 4, ${today}::date) + time '17:00'
        ) - plan.launched_at) as span,
        0.1 + 0.2 * ${draw('start')} as started, 0.4 + 0.6 * ${draw('finish')} as finished,
        case when ${draw('proof')} < 0.68 then 1 + (${draw('proofs')} * 2)::int else 0 end as proofs,
        (${draw('trouble')} < 0.06)::int as troubles
      from assignment join task on task.id = assignment.task_id join plan on plan.id = assignment.plan_id
      where assignment.plan_id = ${launched.planId}
    )
    update assignment set state = drawn.state,
      started_at = date_trunc('day', launched_at + span * started) + interval '8 hours 5 minutes'
        + interval '3 hours' * started,
      done_at = case when drawn.state = 'done' then date_trunc('day', launched_at + span * finished)
        + interval '13 hours' + interval '4 hours' * (finished - 0.4) end,
      done_by = case when drawn.state = 'done' then ${byUnit} end,
      evidence_count = case when drawn.state = 'done' then proofs else 0 end,
      open_obstacles = case when drawn.state = 'doing' then troubles else 0 end,
      version = version + 1
    from drawn
    where assignment.id = drawn.id and drawn.state <> 'owed'
  `.execute(tx)
  await sql`
    insert into progress (id, assignment_id, step, note, account_id, at)
    select md5(concat_ws('/', assignment.id, step.name))::uuid, assignment.id, step.name, step.note,
      ${byUnit}, step.at
    from assignment cross join lateral (values
      ('started', null, started_at),
      ('noted', 'Đã họp chi ủy, phân công người phụ trách.', case when state = 'doing' then started_at + interval '1 day' end),
      ('done', null, done_at)
    ) step (name, note, at)
    where plan_id = ${launched.planId} and step.at is not null
  `.execute(tx)
  await sql`
    insert into evidence (id, assignment_id, kind, file_hash, title, url, added_by, added_at)
    select md5(concat_ws('/', assignment.id, 'evidence', proof))::uuid, assignment.id,
      case when proof % 2 = 1 then 'file' else 'link' end,
      case when proof % 2 = 1 then ${kept.hash} end,
      case when proof % 2 = 1 then 'bien-ban-sinh-hoat.txt' else 'Bài và ảnh trên trang thông tin điện tử' end,
      case when proof % 2 = 0 then 'https://tin-mau.example/bai-viet/' || left(assignment.id::text, 8) end,
      ${byUnit}, assignment.done_at
    from assignment cross join generate_series(1, evidence_count) proof
    where plan_id = ${launched.planId}
  `.execute(tx)
  await sql`
    insert into obstacle (id, assignment_id, office_id, text, raised_by, raised_at)
    select md5(concat_ws('/', assignment.id, 'obstacle'))::uuid, assignment.id, ${launched.officeId},
      case when ascii(left(assignment.id::text, 1)) % 2 = 0
        then 'Nhà văn hóa đang sửa chữa, chưa có chỗ tổ chức; đề nghị cho lùi thời gian.'
        else 'Nhiều đảng viên đi làm ăn xa, chưa bố trí được buổi học bù; đề nghị cấp tài liệu đọc tại nhà.' end,
      ${byUnit},
      least(coalesce(started_at, plan.launched_at) + interval '2 days', ${atHour(today, 8)}::timestamptz)
    from assignment join plan on plan.id = plan_id where plan_id = ${launched.planId} and open_obstacles > 0
  `.execute(tx)
  // Some were raised and answered on the way to being done.
  await sql`
    insert into obstacle (id, assignment_id, office_id, text, raised_by, raised_at, answer, answered_by, answered_at)
    select md5(concat_ws('/', assignment.id, 'answered'))::uuid, assignment.id, ${launched.officeId},
      'Chưa nhận được tài liệu của cấp trên.', ${byUnit}, started_at,
      'Đã gửi tài liệu qua hệ thống văn bản; chi bộ tiếp tục thực hiện.', ${launched.accountId},
      started_at + interval '6 hours'
    from assignment
    where plan_id = ${launched.planId} and state = 'done' and ascii(substr(assignment.id::text, 2, 1)) % 8 = 1
  `.execute(tx)
}
