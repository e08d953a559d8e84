import { sliceLine, type Words } from '../lines/line.ts'
import type { Node } from '../outline/outline.ts'
import { readAssignment } from './assignment.ts'
import { splitBodies, startsLikeBody } from './bodies.ts'
import { kindsAbove, titleKey } from './sections.ts'
import { addressed, notUnit } from './task-parties.ts'

/** The units that a heading names: `1. Sở Nội vụ`, `2. Đề nghị Ủy ban Mặt trận Tổ quốc`. */
export function unitsOfHeading(node: Node): Words[] | undefined {
  if (!node.title || !node.line) return undefined
  const key = titleKey(node)
  if (node.rank <= 2 || notUnit.test(key)) return undefined
  if (isHappening(node)) return undefined
  const lead = addressed.exec(node.line.text)
  const from = lead ? lead[0].length : 0
  if (!startsLikeBody(node.line.text.slice(from))) return undefined
  if (/\b(?:mot so|don vi phuc vu)\b/.test(key.slice(0, 30))) return undefined
  const kinds = kindsAbove(node)
  // A unit heads its work under "Tổ chức thực hiện"; elsewhere the title may be of another kind.
  if (
    !kinds.includes('carrying-out') &&
    !kinds.includes('reporting') &&
    !(node.rank >= 4 && node.children.length > 0 && kinds.includes('work'))
  )
    return undefined
  const assigned = readAssignment(sliceLine(node.line, 0, node.title.text.length))
  if (assigned && lead) return assigned.lead
  // "Đoàn xã là cơ quan thường trực, có nhiệm vụ": the name ends where its part begins.
  const part =
    /\s(?:la (?:co quan|don vi|bo phan|dau moi)|co (?:trach nhiem|nhiem vu)|chiu trach nhiem)\b/.exec(key)
  return splitBodies(node.line, from, part?.index ?? node.title.text.length)
}

/** A body's name alone on its line over items: a heading that lost its number. */
function isNameAbove(node: Node): boolean {
  const { line } = node
  if (!line || node.marker || line.text.length > 110 || /[.;,:]$/.test(line.text)) return false
  const siblings = node.parent?.children ?? []
  const next = siblings[siblings.indexOf(node) + 1]
  return (
    (next?.marker?.kind === 'bullet' ||
      (line.bold && next?.marker !== undefined && next.rank >= 4 && next.title === undefined) ||
      (line.bold && next?.line !== undefined && next.marker === undefined)) &&
    startsLikeBody(line.text) &&
    readAssignment(line) === undefined
  )
}

/** A heading with its own time and place is of a meeting or a class, not of a body: `1. Lớp báo cáo viên`. */
function isHappening(node: Node): boolean {
  return node.children.some((child) => /^(?:thoi gian|dia diem)\b/.test(child.line?.key.slice(0, 20) ?? ''))
}

/** `Giao phòng X triển khai các công việc sau:`: who the items below are given to. */
export function introUnits(node: Node): Words[] | undefined {
  if (isNameAbove(node) && node.line) return splitBodies(node.line, 0, node.line.text.length)
  if (!node.line?.text.endsWith(':') || node.title) return undefined
  const text = node.line.text
  if (node.children.length > 0 || node.marker === undefined) {
    if (text.length < 90 && startsLikeBody(text) && !readAssignment(sliceLine(node.line, 0, text.length - 1)))
      return splitBodies(node.line, 0, text.length - 1)
    if (
      /(?:sau|cong viec|nhiem vu|trach nhiem|noi dung|cu the|the sau day)\s*:$/.test(node.line.key) &&
      text.length < 360
    )
      return readAssignment(node.line)?.lead
  }
  return undefined
}
