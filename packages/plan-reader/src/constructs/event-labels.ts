import { type Line, sliceLine } from '../lines/line.ts'
import { ancestors, type Node } from '../outline/outline.ts'
import { findHours } from './date-words.ts'
import { titleKey } from './sections.ts'

export type LabelKind = 'time' | 'place' | 'people' | 'programme'

/** Words such as "Thời gian:" and what stands behind or under them. */
export interface Label {
  node: Node
  kind: LabelKind
  entries: LabelEntry[]
}

export interface LabelEntry {
  node: Node
  line: Line
}

const timeLabel =
  /^\W*(?:ve )?(?:thoi gian|thoi diem)(?: (?:to chuc|khai mac|dien ra|hoi nghi|du kien|hop|sinh hoat|tap huan|bat dau))*(?=\s*[:,-]|\s*$|\s+(?:va\s+)?dia diem)|^(?:dot|buoi|ngay|lop|ca|vong|hoi nghi|phien) (?:thu )?(?:\d{1,2}|nhat|hai|ba|[ivx]+)(?=\s*[:(,])|^khai mac\s*:/
const placeLabel =
  /^\W*(?:ve )?dia diem(?: (?:to chuc|hoi nghi|tap huan|hop|thuc hien|du kien))?(?=\s*[:,]|\s*$)/
const peopleLabel =
  /^\W*(?:ve )?(?:thanh (?:phan|tham)|dai bieu|khach moi|doi tuong(?=\s*(?::|$))|doi tuong (?:tham (?:gia|du)|du hoc|trieu tap|hoc tap)|thanh vien tham du)[^:]{0,40}(?=\s*:|$)/
const programmeLabel =
  /^\W*(?:noi dung,? )?(?:chuong trinh|tien trinh|kich ban|noi dung chuong trinh)(?! (?:hanh dong|cong tac|muc tieu|phoi hop|giao duc|to chuc thuc hien|cua|so \d|tong the))[^:]{0,50}(?=\s*:|$)/

/** The labels of a text, in reading order. A label may be of two kinds: "Thời gian, địa điểm". */
export function findLabels(all: readonly Node[]): Label[] {
  return all.flatMap((node) => {
    const line = node.line
    if (!line || line.text === '') return []
    const key = node.title ? titleKey(node) : line.key
    const kinds = kindsOf(node, key)
    if (kinds.length === 0) return []
    const parted = node.children.some(
      (child) => child.line && kindsOf(child, child.title ? titleKey(child) : child.line.key).length > 0,
    )
    if (kinds.includes('time') && parted)
      return kinds.includes('people') ? [{ node, kind: 'people', entries: entriesOf(node) }] : []
    const entries = entriesOf(node)
    return kinds.map((kind) => ({ node, kind, entries }))
  })
}

/** Whether a line is a label of a programme. */
export function isProgrammeLabel(node: Node): boolean {
  return (
    node.line !== undefined &&
    node.line.text.length < 160 &&
    programmeLabel.test(node.title ? titleKey(node) : node.line.key)
  )
}

function kindsOf(node: Node, key: string): LabelKind[] {
  const kinds: LabelKind[] = []
  if (
    timeLabel.test(key) ||
    (node.title && /thoi gian/.test(key) && !/thanh phan|doi tuong/.test(key) && node.rank >= 3)
  ) {
    kinds.push('time')
    if (/dia diem/.test(key.slice(0, 80))) kinds.push('place')
    return kinds
  }
  if (placeLabel.test(key)) return ['place']
  if (peopleLabel.test(key) && (node.title || node.line?.text.includes(':'))) return ['people']
  if (isProgrammeLabel(node) || isTimedList(node, key)) return ['programme']
  return []
}

/** "Nội dung" over items that last so many minutes is a programme. */
function isTimedList(node: Node, key: string): boolean {
  if (!node.title || !/^noi dung/.test(key)) return false
  const timed = node.children.filter(
    (child) =>
      child.line &&
      ((/\d\s*phut\W*$/.test(child.line.key) && !/khong qua|toi da/.test(child.line.key)) ||
        (findHours(child.line.key)[0]?.start ?? 99) < 6),
  )
  return timed.length >= 2 && timed.length * 2 > node.children.length
}

/** The words of a label: behind its colon, else under it. */
function entriesOf(node: Node): LabelEntry[] {
  const entries: LabelEntry[] = []
  const { line } = node
  if (node.title) {
    if (node.rest) entries.push({ node, line: node.rest })
  } else if (line) {
    const colon = line.text.indexOf(':')
    const rest = colon >= 0 && colon < 60 ? sliceLine(line, colon + 1) : line
    if (rest.text !== '') entries.push({ node, line: rest })
  }
  for (const child of node.children)
    if (child.line && child.line.text !== '') entries.push({ node: child, line: child.line })
  return entries
}

/** The label of a kind nearest to a node: its own, under it, beside it, else in the sections around. */
export function nearestLabel(labels: readonly Label[], kind: LabelKind, node: Node): Label | undefined {
  const of = labels.filter((label) => label.kind === kind)
  const scope = node.parent
  return (
    of.find((label) => label.node === node) ??
    of.find((label) => label.node.parent === node) ??
    of.find((label) => label.node.parent === scope) ??
    of.find((label) => scope !== undefined && label.node === scope) ??
    of.find(
      (label) =>
        scope?.parent !== undefined &&
        ancestors(label.node).includes(scope.parent) &&
        scope.parent.parent !== undefined,
    ) ??
    (of.length === 1 ? of[0] : undefined)
  )
}
