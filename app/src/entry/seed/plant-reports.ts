import { sql } from 'kysely'
import { accountOf, atHour, drawn, type LaunchedSample, type Planting } from './planting.ts'

const words =
  'Chi bộ đã tổ chức thực hiện đầy đủ các nội dung theo kế hoạch; đảng viên tham gia nghiêm túc, không có ý kiến vướng mắc.'

/** Sends in some of the reports that a plan's units owe, and reads some of the notices of its launch. */
export async function plantReports({ tx, today }: Planting, launched: LaunchedSample): Promise<void> {
  const draw = (salt: string) =>
    drawn(
      sql`plan.number`,
      sql`plan.subject`,
      sql`duty.ordinal`,
      sql`duty.organisation_id`,
      sql`${salt}::text`,
    )
  await sql`
    update report_duty duty set body = ${words}, submitted_by = ${accountOf(launched, sql`duty.organisation_id`)},
      submitted_at = least(
        ${atHour(today, 15)}::timestamptz - interval '1 day',
        duty.due_on - 3 + time '10:00'
      ) - interval '1 hour' * floor(${draw('hours')} * 7)
    from plan
    where plan.id = duty.plan_id and duty.plan_id = ${launched.planId}
      and duty.due_on between plan.launched_at::date + 4 and ${today}::date + 20
      and ${draw('sent')} < case when duty.due_on < ${today}::date then 0.8 else 0.5 end
  `.execute(tx)
  await sql`
    update notice set read_at = notice.created_at + interval '5 hours'
    from plan where plan.id = notice.plan_id and notice.plan_id = ${launched.planId}
      and ${drawn(sql`plan.subject`, sql`notice.organisation_id`)} < 0.7
  `.execute(tx)
}
