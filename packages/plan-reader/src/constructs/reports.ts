import { type Line, type Words, wordsOf } from '../lines/line.ts'
import { splitBodies, startsLikeBody } from './bodies.ts'
import type { DeadlineRead } from './deadline.ts'
import type { ReportRead } from './task-read.ts'

// A duty to report says so: results, the state of things, a periodic or closing report. "báo cáo Thường trực"
// within preparations is part of the work, no duty of reporting.
const duty =
  /(?:gui )?bao cao (?:ket qua|tinh hinh|so ket|tong ket|dinh ky|tien do|viec|cong tac|danh gia|bang van ban|thu hoach|chuyen de|nhanh|so lieu|ve (?:ket qua|tinh hinh|viec)|gui ve|ve (?:uy|dang|ban|so|phong|van|huyen|tinh|ubnd|thuong|hoi|doan|truong))|gui (?:bao cao|ket qua|san pham bao cao)|tong hop(?:,| va)? (?:ket qua |tinh hinh )?(?:[a-z, ]{0,60})?bao cao|bao cao[^.;]{0,160}(?:truoc ngay|cham nhat|hang (?:thang|quy|nam|tuan)|dinh ky)|(?:truoc ngay|hang (?:thang|quy|nam|tuan)|dinh ky)[^.;]{0,120}\bbao cao|nop bao cao|co bao cao|bao cao[^.;]{0,200}\bve (?:dang uy|ban|huyen uy|tinh uy|phong|so|van phong|ubnd|uy ban|thuong truc|hoi|doan|truong|nha truong|bgh|lien doan|cong doan|bo)/

const noDuty =
  /bao cao vien|truong hop[^.;]{0,80}bao cao|vuong mac[^.;]{0,120}bao cao|(?:kho khan|phat sinh)[^.;]{0,120}(?:bao cao|phan anh)/

/** The duty to report in the words of a task, or undefined. */
export function readReport(
  line: Line,
  lead: readonly Words[],
  deadline: DeadlineRead | undefined,
  sure: number,
): ReportRead | undefined {
  const match = duty.exec(line.key)
  if (!match || (noDuty.test(line.key) && !/truoc ngay|dinh ky|ket qua/.test(line.key))) return undefined
  if (lead.length === 0) return undefined
  const at =
    line.key.indexOf('bao cao', match.index) < 0 ? match.index : line.key.indexOf('bao cao', match.index)
  return { text: wordsOf(line), from: [...lead], to: addresseesOf(line, at), deadline, sure }
}

/** To whom: after "về", "cho", "với", "gửi" where a body follows, or right after the verb. */
function addresseesOf(line: Line, from: number): Words[] {
  const stopAt = clauseEnd(line, from)
  let best: Words[] = []
  const clause = line.key.slice(from, stopAt)
  for (const match of clause.matchAll(/\s(?:ve|cho|voi|gui|len|den|toi|gui ve|qua)\s+(?=\p{L})/gu)) {
    const at = from + match.index + match[0].length
    if (!startsLikeBody(line.text.slice(at)) || !/^\p{Lu}|^(?:các |cấp )/u.test(line.text.slice(at))) continue
    if (/qua\s$/.test(match[0]) && best.length > 0) continue
    best = splitBodies(line, at, Math.min(stopAt, addresseeEnd(line, at)))
  }
  if (best.length > 0) return best
  for (const match of clause.matchAll(/bao cao\s+/g)) {
    const at = from + match.index + match[0].length
    if (/^\p{Lu}/u.test(line.text.slice(at)) && startsLikeBody(line.text.slice(at)))
      return splitBodies(line, at, Math.min(stopAt, addresseeEnd(line, at)))
  }
  return best
}

function clauseEnd(line: Line, from: number): number {
  const stop = /[.;]\s|[.;/]*$/.exec(line.text.slice(from))
  return stop ? from + stop.index : line.text.length
}

function addresseeEnd(line: Line, at: number): number {
  const stop =
    /\s(?:truoc|cham nhat|theo|de |ket qua|tinh hinh|dinh ky|hang |trong|qua |bang |sau |vao |khi |ve |thong qua|tong hop|xem xet|chi dao|dung|kip thoi|va bao cao|nham)|\(|,\s*(?:dong thoi|de|truoc|cham|theo|tong)/.exec(
      line.key.slice(at),
    )
  return stop ? at + stop.index : line.text.length
}
