import { type RawBuilder, sql } from 'kysely'
import { registerFile } from '#server/kept-files.ts'
import { atHour, type LaunchedSample, type Planting } from './planting.ts'

/** Who enters what a unit does: its own account where it has one, else the office's. */
const accountOf = (launched: LaunchedSample): RawBuilder<string> => sql<string>`coalesce((
  select account_id from role_grant
  where role_grant.organisation_id = assignment.organisation_id and role in ('secretary', 'officer')
  order by role_grant.id limit 1
), ${launched.accountId})`

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
  await sql`
    update assignment set done_by = ${accountOf(launched)}
    where plan_id = ${launched.planId} and state = 'done'
  `.execute(tx)
  await sql`
    insert into progress (id, assignment_id, step, note, account_id, at)
    select md5(concat_ws('/', assignment.id, step.name))::uuid, assignment.id, step.name, step.note,
      ${accountOf(launched)}, step.at
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
      ${accountOf(launched)}, assignment.done_at
    from assignment cross join generate_series(1, evidence_count) proof
    where plan_id = ${launched.planId}
  `.execute(tx)
  await sql`
    insert into obstacle (id, assignment_id, office_id, text, raised_by, raised_at)
    select md5(concat_ws('/', assignment.id, 'obstacle'))::uuid, assignment.id, ${launched.officeId},
      case when ascii(left(assignment.id::text, 1)) % 2 = 0
        then 'Nhà văn hóa đang sửa chữa, chưa có chỗ tổ chức; đề nghị cho lùi thời gian.'
        else 'Nhiều đảng viên đi làm ăn xa, chưa bố trí được buổi học bù; đề nghị cấp tài liệu đọc tại nhà.' end,
      ${accountOf(launched)},
      least(coalesce(started_at, ${launched.launchedAt}::timestamptz) + interval '2 days', ${atHour(today, 8)}::timestamptz)
    from assignment where plan_id = ${launched.planId} and open_obstacles > 0
  `.execute(tx)
  // Some were raised and answered on the way to being done.
  await sql`
    insert into obstacle (id, assignment_id, office_id, text, raised_by, raised_at, answer, answered_by, answered_at)
    select md5(concat_ws('/', assignment.id, 'answered'))::uuid, assignment.id, ${launched.officeId},
      'Chưa nhận được tài liệu của cấp trên.', ${accountOf(launched)}, started_at,
      'Đã gửi tài liệu qua hệ thống văn bản; chi bộ tiếp tục thực hiện.', ${launched.accountId},
      started_at + interval '6 hours'
    from assignment
    where plan_id = ${launched.planId} and state = 'done' and ascii(substr(assignment.id::text, 2, 1)) % 8 = 1
  `.execute(tx)
}
