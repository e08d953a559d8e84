import { clausesOf, type Line, type Words, wordsOf } from '../lines/line.ts'
import { readAssignment } from './assignment.ts'
import { splitBodies, startsLikeBody } from './bodies.ts'
import { readDeadline } from './deadline.ts'
import type { DeadlineContext } from './deadline-period.ts'
import type { ReportRead } from './task-read.ts'

// A duty to report says so: results, the state of things, a periodic or closing report. "báo cáo Thường trực"
// within preparations is part of the work, no duty of reporting.
const duty =
  /(?:gui )?bao cao (?:ket qua|tinh hinh|so ket|tong ket|dinh ky|tien do|viec|cong tac|danh gia|bang van ban|thu hoach|chuyen de|nhanh|so lieu|ve (?:ket qua|tinh hinh|viec)|gui ve|ve (?:uy|dang|ban|so|phong|van|huyen|tinh|ubnd|thuong|hoi|doan|truong))|gui (?:bao cao|ket qua|san pham bao cao)|bao cao [^,.;]{2,60} ket qua|bao cao [^,.;]{2,60} sau (?:moi|khi|dot|hoi nghi)|tong hop(?:,| va)? (?:ket qua |tinh hinh )?(?:[a-z, ]{0,60})?bao cao|bao cao[^.;]{0,160}(?:truoc ngay|cham nhat|trong vong|trong thoi han|hang (?:thang|quy|nam|tuan)|dinh ky)|(?:truoc ngay|hang (?:thang|quy|nam|tuan)|dinh ky)[^.;]{0,120}\bbao cao|nop bao cao|(?:xay dung|du thao|hoan thien|lap) bao cao[^.;]{0,140}\bgui (?=[a-z])|co bao cao|bao cao[^.;]{0,200}\bve (?:dang uy|ban|huyen uy|tinh uy|phong|so|van phong|ubnd|uy ban|thuong truc|hoi|doan|truong|nha truong|bgh|lien doan|cong doan|bo)/

const noDuty =
  /truong hop[^.;]{0,80}bao cao|vuong mac[^.;]{0,120}bao cao|(?:kho khan|phat sinh)[^.;]{0,120}(?:bao cao|phan anh)|don doc[^.;]{0,60}bao cao/

/** The duties to report in the words of a task, each with the deadline of its own clause. */
export function readReport(
  line: Line,
  lead: readonly Words[],
  context: DeadlineContext,
  sure: number,
): ReportRead | undefined {
  if (lead.length === 0 || !line.key.includes('bao cao')) return undefined
  let report: ReportRead | undefined
  for (const [index, clause] of clausesOf(line).entries()) {
    // "báo cáo viên" is a speaker, not a report.
    const key = clause.key.replaceAll('bao cao vien', '_'.repeat(12))
    const match = duty.exec(key)
    if (report && report.to.length === 0 && /^(?:va )?gui\s/.test(key)) {
      // "Chuẩn bị báo cáo bằng văn bản; gửi Đoàn kiểm tra trước ngày …": the same duty goes on.
      report.to = addresseesOf(clause, 0)
      report.deadline ??= readDeadline(clause, context)
    }
    if (!match || (noDuty.test(key) && !/truoc ngay|dinh ky|ket qua/.test(key))) continue
    const named = key.indexOf('bao cao', match.index)
    const to = addresseesOf(clause, named < 0 ? match.index : named)
    const deadline = readDeadline(clause, context)
    // "…; chi bộ chấm, nhận xét và báo cáo …": a later clause may have a doer of its own.
    const own = index > 0 && startsLikeBody(clause.text) ? readAssignment(clause)?.lead : undefined
    if (!report) report = { text: wordsOf(clause), from: own ?? [...lead], to, deadline, sure }
    else {
      // A half-year's and a year's report in one item: one duty, and its last day.
      const known = new Set(report.to.map((words) => words.text))
      report.to = [...report.to, ...to.filter((words) => !known.has(words.text))]
      const day = deadline?.rule.day
      if (day && (!report.deadline?.rule.day || day > report.deadline.rule.day)) report.deadline = deadline
    }
  }
  return report
}

/** To whom: after "về", "cho", "với", "gửi" where a body follows, or right after the verb. */
function addresseesOf(line: Line, from: number): Words[] {
  const stopAt = clauseEnd(line, from)
  let best: Words[] = []
  const clause = line.key.slice(from, stopAt)
  for (const match of line.text
    .slice(from, stopAt)
    .matchAll(/(?<=^|\s)(?<!để )(?:về|cho|với|gửi|lên|đến|tới|nộp)\s+(?=\p{L})/gu)) {
    const at = from + match.index + match[0].length
    const name = line.text.slice(at)
    // A department may go by its sign alone: "báo cáo về PX03".
    if (
      !/^\p{Lu}{2,6}\d{1,3}\b/u.test(name) &&
      !(startsLikeBody(name) && /^\p{Lu}|^(?:các |cấp )/u.test(name))
    )
      continue
    best = splitBodies(line, at, Math.min(stopAt, addresseeEnd(line, at)))
  }
  if (best.length > 0) return best
  for (const match of clause.matchAll(
    /bao cao\s+(?:(?:ket qua|tien do|tinh hinh)(?: (?:thuc hien|trien khai|cong viec))?\s+)?/g,
  )) {
    const at = from + match.index + match[0].length
    if (
      /^(?:\p{Lu}|hai |các (?:cơ quan|cấp))/u.test(line.text.slice(at)) &&
      startsLikeBody(line.text.slice(at))
    )
      return splitBodies(line, at, Math.min(stopAt, addresseeEnd(line, at)))
  }
  // "lập báo cáo kết quả để Chủ tịch UBND tỉnh xem xét"
  const reader = /\sđể\s+(?=\p{Lu})/u.exec(line.text.slice(from, stopAt))
  const at = reader ? from + reader.index + reader[0].length : stopAt
  return reader && startsLikeBody(line.text.slice(at))
    ? splitBodies(line, at, Math.min(stopAt, addresseeEnd(line, at)))
    : best
}

function clauseEnd(line: Line, from: number): number {
  const stop = /[.;]\s|[.;/]*$/.exec(line.text.slice(from))
  return stop ? from + stop.index : line.text.length
}

function addresseeEnd(line: Line, at: number): number {
  // Lower case only: "Ban Chỉ đạo" is a name, "chỉ đạo" is what it does.
  const stop =
    /\s(?:trước|chậm nhất|muộn nhất|theo|để|kết quả|tình hình|định kỳ|hằng|hàng|trong|qua|bằng|sau|vào|khi|về|thông qua|tổng hợp|xem xét|chỉ đạo|đúng|kịp thời|và báo cáo|nhằm)(?=[\s,])|\s*\(|,\s*(?:đồng thời|để|trước|chậm|theo|tổng|hạn|kèm|gồm|thời hạn)/u.exec(
      line.text.slice(at),
    )
  return stop ? at + stop.index : line.text.length
}
