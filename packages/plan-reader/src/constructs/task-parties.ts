import { type Line, sliceLine, type Words } from '../lines/line.ts'
import { readAssignment, readCompanions } from './assignment.ts'
import { namesGoOn, splitBodies, startsLikeBody } from './bodies.ts'

/** Titles and items that name a matter, not a unit. */
export const notUnit =
  /^(?:cong tac|kinh phi|thoi gian|dia diem|noi dung|hinh thuc|che do|tien do|co so vat chat|muc|ve\b|to chuc (?:thuc|hoi|le)|chuan bi|phan cong|nguon|giai phap|nhiem vu|bien phap)/

/** Words that hand work to the unit named behind them. */
export const addressed =
  /^(?:đối với|đề nghị|giao(?: cho)?|phân công|trách nhiệm của|nhiệm vụ của|yêu cầu)\s+/iu

export interface Parties {
  lead: Words[]
  with: Words[]
  sure: number
}

/** Who leads and who helps: named in the item, or the unit whose heading it stands under. */
export function partiesOf(
  line: Line,
  unit: Words[] | undefined,
  where: { carrying: boolean; explicit: boolean; headed: boolean; marked: boolean },
): Parties | undefined {
  // Words behind a unit's own heading are that unit's work, whoever else they speak of.
  if (where.headed && unit && !/^(?:giao|đề nghị|yêu cầu)\s/iu.test(line.text))
    return { lead: unit, with: readCompanions(line), sure: 0.95 }
  const colon = unitColon(line)
  if (colon !== undefined && (where.carrying || hasVerbAfter(line, colon))) {
    const from = addressed.exec(line.text)?.[0].length ?? 0
    return { lead: splitBodies(line, from, colon), with: readCompanions(line), sure: 0.9 }
  }
  // Under a unit's heading "yêu cầu các đơn vị …" is what that unit asks of others.
  const own =
    unit !== undefined &&
    unit.length > 0 &&
    where.marked &&
    (!startsLikeBody(line.text) || /^(?:phân công|yêu cầu|đề nghị)\s/iu.test(line.text)) &&
    !/^giao\s/iu.test(line.text)
  const assigned = colon === undefined && !own ? readAssignment(line) : undefined
  if (assigned && (assigned.lead[0]?.text.length ?? 999) <= 240)
    return {
      lead: assigned.lead,
      with: assigned.with,
      sure: where.explicit ? 0.95 : where.carrying ? 0.8 : 0.65,
    }
  return unit && unit.length > 0 ? { lead: unit, with: readCompanions(line), sure: 0.9 } : undefined
}

/** `Công an huyện: Xây dựng …`: where the unit's name ends. */
function unitColon(line: Line): number | undefined {
  const colon = line.text.indexOf(':')
  if (colon < 3 || colon > 200 || namesGoOn(line.text, colon) || colon >= line.text.length - 2)
    return undefined
  const from = addressed.exec(line.text)?.[0].length ?? 0
  const head = line.text.slice(from, colon)
  if (!startsLikeBody(head) || notUnit.test(line.key.slice(from))) return undefined
  // A sentence whose verb comes before the colon is no unit's name.
  return readAssignment(sliceLine(line, 0, colon)) ? undefined : colon
}

function hasVerbAfter(line: Line, colon: number): boolean {
  return /^\s*(?:chu tri|phoi hop|tham muu|xay dung|to chuc|chuan bi|trien khai|thuc hien|huong dan|chiu trach nhiem|chi dao|lap|bo tri|dam bao|bao dam|ra soat|theo doi|don doc|tuyen truyen)\b/.test(
    line.key.slice(colon + 1),
  )
}
