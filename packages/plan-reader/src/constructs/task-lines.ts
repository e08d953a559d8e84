import { clausesOf, joinWords, type Line, type Words, wordsOf } from '../lines/line.ts'
import { ancestors, type Node } from '../outline/outline.ts'
import {
  isExplicitAssignment,
  type Labelled,
  labelsStart,
  readAssignment,
  readCompanions,
  readLabels,
} from './assignment.ts'
import { startsLikeBody } from './bodies.ts'
import { readCondition } from './condition.ts'
import { findHours } from './date-words.ts'
import { type DeadlineRead, readDeadline, readDeadlineCell } from './deadline.ts'
import type { DeadlineContext } from './deadline-period.ts'
import { wholeText } from './purposes.ts'
import { kindsAbove, type SectionKind } from './sections.ts'
import { type Parties, partiesOf } from './task-parties.ts'
import type { TaskRead } from './task-read.ts'
import { introUnits, unitsOfHeading } from './unit-headings.ts'

// The sentences that close a plan give nobody work of their own, unless they ask for a report by a day.
const datedDuty = /(?:bao cao|gui|nop)[^.;]{0,140}(?:truoc|cham nhat|muon nhat)[^.;]{0,20}\d{1,2}[/.-]\d/
const closing =
  /^(?:tren day la|nhan duoc ke hoach|trong qua trinh|trong tien trinh|qua trinh (?:to chuc|trien khai|thuc hien)|neu co (?:kho khan|vuong mac)|ke hoach nay (?:duoc|co hieu luc)|can cu ke hoach nay|\(.{0,120}\)\.?$)/

// "Sinh viên học tập trung từ 7 giờ 00 ngày …" says what happens, not who does what.
const gathering = /^(?:toan the |cac |tat ca )?(?:sinh vien|hoc sinh|hoc vien|dai bieu|hoi vien|doan vien)\b/

/** The tasks of paragraphs and items, in reading order; a node that was read is not read again below. */
export function readTaskLines(root: Node, context: DeadlineContext): { node: Node; task: TaskRead }[] {
  const found: { node: Node; task: TaskRead }[] = []
  const visit = (node: Node, unit: Words[] | undefined) => {
    let own = unit
    if (node.title) {
      if (!isCarrying(node) && !hasWorkWords(node)) own = undefined
      const heads = unitsOfHeading(node)
      if (heads) own = heads
      else if (own && node.rank <= 3) own = undefined
      if (node.rest) addItem(found, node, node.rest, own, context, heads !== undefined)
    }
    let announced: Words[] | undefined
    for (const child of node.children) {
      if (child.table) continue
      if (child.title) {
        visit(child, announced ?? own)
        continue
      }
      if (!child.line) continue
      const intro = isCarrying(child) ? introUnits(child) : undefined
      if (intro && child.children.length === 0) {
        announced = intro
        continue
      }
      if (intro) {
        for (const grandchild of child.children)
          if (grandchild.title) visit(grandchild, intro)
          else if (grandchild.line) addItem(found, grandchild, grandchild.line, intro, context)
        continue
      }
      if (child.marker === undefined && child.line && readAssignment(child.line)) announced = undefined
      addItem(found, child, child.line, announced ?? own, context)
    }
  }
  visit(root, undefined)
  return found
}

function isCarrying(node: Node): boolean {
  return kindsAbove(node).includes('carrying-out')
}

function hasWorkWords(node: Node): boolean {
  const kinds = kindsAbove(node)
  return kinds.includes('work') || kinds.includes('reporting') || kinds.includes('other')
}

function addItem(
  found: { node: Node; task: TaskRead }[],
  node: Node,
  line: Line,
  unit: Words[] | undefined,
  context: DeadlineContext,
  headed = false,
): void {
  if (line.text === '' || (!headed && closing.test(line.key) && !datedDuty.test(line.key))) return
  const labels = readLabels(line)
  if (labels && (labelsStart(line) ?? 1) <= 2) {
    // A line of labels alone belongs to the task above it.
    addLabels(found, node, labels, context)
    return
  }
  const task = readItem(node, line, unit, context, headed)
  if (task) found.push({ node, task })
}

function addLabels(
  found: { node: Node; task: TaskRead }[],
  node: Node,
  labels: NonNullable<ReturnType<typeof readLabels>>,
  context: DeadlineContext,
): void {
  const time = labels.time && readDeadlineCell(labels.time, context)
  const owner = labelOwner(found, node)
  if (owner) {
    owner.lead.push(...labels.lead)
    owner.with.push(...labels.with)
    if (labels.product) owner.product = labels.product
    if (time) owner.deadline = time
    return
  }
  if (labels.lead.length === 0) return
  // The task is the heading or the paragraph that these labels follow.
  const above = previousWords(node)
  if (!above) return
  found.push({
    node: above.node,
    task: {
      text: above.words,
      lead: labels.lead,
      with: labels.with,
      deadline:
        time ?? timeAbove(node, context) ?? (above.node.line && readDeadline(above.node.line, context)),
      product: labels.product,
      condition: undefined,
      section: above.node.path || null,
      sure: 0.9,
    },
  })
}

/** When, said by the lines of labels over this one: `- Thời gian: Tháng 10` over `- Đơn vị chủ trì: …`. */
function timeAbove(node: Node, context: DeadlineContext): DeadlineRead | undefined {
  const siblings = node.parent?.children ?? []
  for (let at = siblings.indexOf(node) - 1; at >= 0; at--) {
    const line = siblings[at]?.line
    if (!line || !/^[^:]{3,40}:/u.test(line.text)) return undefined
    const time = isLabelLine(line) ? readLabels(line)?.time : undefined
    if (time) return readDeadlineCell(time, context)
  }
  return undefined
}

// Lines that tell more about the work of their heading, and are not the work.
const particulars =
  /^(?:hinh thuc|doi tuong|quy mo|noi dung|thanh phan|dia diem|thoi gian|so luong|cach thuc|yeu cau|giai thuong|kinh phi|the le)\b[^:]{0,40}:/

/** The task already read that stands right above a line of labels. */
function labelOwner(found: { node: Node; task: TaskRead }[], node: Node): TaskRead | undefined {
  const last = found.at(-1)
  if (!last) return undefined
  const above = previousWords(node)
  return above && (above.node === last.node || last.node === node.parent) ? last.task : undefined
}

function previousWords(node: Node): { node: Node; words: Words } | undefined {
  const siblings = node.parent?.children ?? []
  for (let at = siblings.indexOf(node) - 1; at >= 0; at--) {
    const before = siblings[at]
    if (!before?.line) continue
    if (readLabels(before.line) && (labelsStart(before.line) ?? 1) <= 2) continue
    if (node.parent?.title && particulars.test(before.line.key)) continue
    return { node: before, words: wholeText(before) }
  }
  const parent = node.parent
  if (!parent?.line) return undefined
  return { node: parent, words: parent.title ?? wordsOf(parent.line) }
}

const quietKinds: ReadonlySet<SectionKind> = new Set([
  'purpose',
  'requirement',
  'purpose-and-requirement',
  'people',
  'programme',
  'materials',
  'time',
  'place',
  'money',
])

function readItem(
  node: Node,
  line: Line,
  unit: Words[] | undefined,
  context: DeadlineContext,
  headed: boolean,
): TaskRead | undefined {
  const kinds = kindsAbove(node)
  const carrying = kinds.includes('carrying-out') || kinds.includes('reporting')
  const explicit = isExplicitAssignment(line)
  const spender =
    kinds.includes('money') ||
    (kinds.slice(1).includes('time') &&
      (kinds[0] === 'other' || kinds[0] === 'work') &&
      !kinds.includes('people') &&
      findHours(line.key).length === 0 &&
      !gathering.test(line.key))
      ? spenderOf(line)
      : undefined
  const quiet = kinds.some((kind) => quietKinds.has(kind))
  if (
    quiet &&
    !spender &&
    !(carrying && unit) &&
    !(explicit && kinds.some((kind) => kind === 'money' || kind === 'time'))
  )
    return undefined
  if (!carrying && !explicit && gathering.test(line.key) && findHours(line.key).length > 0) return undefined
  const labels = labelsOf(node, line)
  const parties =
    (labels && labels.lead.length > 0 && !node.title && !explicit
      ? { lead: labels.lead, with: readCompanions(line), sure: 0.9 }
      : undefined) ??
    spender ??
    partiesOf(line, unit, { carrying, explicit, headed, marked: node.marker !== undefined }) ??
    (labels && labels.lead.length > 0
      ? { lead: labels.lead, with: readCompanions(line), sure: 0.9 }
      : undefined)
  if (!parties) return undefined
  const time = labels?.time && readDeadlineCell(labels.time, context)
  return {
    text: wholeItem(node, line),
    lead: parties.lead,
    with: labels ? [...parties.with, ...labels.with] : parties.with,
    deadline: time ?? deadlineOf(node, line, context),
    product: labels?.product,
    condition: readCondition(line),
    section: sectionOf(node),
    sure: parties.sure,
  }
}

/** Under "Kinh phí" a sentence may give work: `… đã giao. Phòng Tài chính hướng dẫn quyết toán.` */
function spenderOf(line: Line): Parties | undefined {
  for (const sentence of clausesOf(line)) {
    if (/^(?:quy|ngan sach|nguon|kinh phi|trich|tu)\b/.test(sentence.key)) continue
    // "Chỉ huy nổ mìn: Từ số thứ tự 01 …" is a line of a list.
    if (!startsLikeBody(sentence.text) || sentence.text.slice(0, 80).includes(':')) continue
    const given = readAssignment(sentence)
    if (given) return { lead: given.lead, with: given.with, sure: 0.7 }
  }
  return undefined
}

/** The labels of an item, on its own line and on the lines under it. */
function labelsOf(node: Node, line: Line): Labelled | undefined {
  const own = readLabels(line)
  if (node.title) return own
  let all = own
  for (const child of node.children) {
    const below = child.line && isLabelLine(child.line) ? readLabels(child.line) : undefined
    if (!below) continue
    all = all
      ? {
          lead: [...all.lead, ...below.lead],
          with: [...all.with, ...below.with],
          product: all.product ?? below.product,
          time: all.time ?? below.time,
        }
      : below
  }
  return all
}

/** An item's words with those of the items under it. */
function wholeItem(node: Node, line: Line): Words {
  const below = node.title
    ? []
    : node.children.filter((child) => child.line && !isLabelLine(child.line)).map(wholeText)
  return below.length === 0 ? wordsOf(line) : joinWords([wordsOf(line), ...below])
}

const isLabelLine = (line: Line): boolean => (labelsStart(line) ?? 9) <= 2

/** The deadline of an item: of several days said in it, the last; else the words of a rule. */
function deadlineOf(node: Node, line: Line, context: DeadlineContext): DeadlineRead | undefined {
  let last: DeadlineRead | undefined
  const below = node.title ? [] : node.children.flatMap((child) => (child.line ? [child.line] : []))
  for (const own of [line, ...below])
    for (const clause of clausesOf(own)) {
      const read = readDeadline(clause, context)
      if (!read) continue
      if (!last || outweighs(read, last)) last = read
    }
  return last
}

/** Whether a later deadline of the same item counts: a later day; a day named within a month or quarter said before. */
function outweighs(read: DeadlineRead, last: DeadlineRead): boolean {
  if (!read.rule.day || !last.rule.day) return read.rule.day !== null
  const sameMonth = read.rule.day.slice(0, 7) === last.rule.day.slice(0, 7)
  if (sameMonth && read.rule.kind !== last.rule.kind) return read.rule.kind === 'day'
  return read.rule.day > last.rule.day
}

function sectionOf(node: Node): string | null {
  for (const above of ancestors(node)) if (above.title && above.path) return above.path
  return null
}
