import { joinWords, sliceLine, type Words, wordsOf } from '../lines/line.ts'
import type { Node } from '../outline/outline.ts'
import { kindOfTitle, type SectionKind, titleKey } from './sections.ts'

export interface PurposesRead {
  purposes: Words[]
  requirements: Words[]
}

/**
 * The items under mục đích and yêu cầu. Where one heading holds both, all stand as purposes. A plan with
 * neither may have its mục tiêu in their place.
 */
export function readPurposes(all: readonly Node[]): PurposesRead {
  const out: PurposesRead = { purposes: [], requirements: [] }
  for (const node of all) {
    const kind = headingKind(node)
    if (kind === 'purpose') out.purposes.push(...itemsOf(node))
    else if (kind === 'requirement' && underBoth(node)) out.requirements.push(...itemsOf(node))
    else if (kind === 'purpose-and-requirement' && !node.children.some((child) => isPart(headingKind(child))))
      out.purposes.push(...itemsOf(node))
  }
  if (out.purposes.length === 0) {
    const aims = all.find(
      (node) =>
        node.title &&
        node.rank <= 5 &&
        /muc tieu/.test(titleKey(node)) &&
        !/nhiem vu|giai phap|chi tieu/.test(titleKey(node)),
    )
    if (aims && !all.some((node) => headingKind(node) === 'purpose')) out.purposes.push(...aimsOf(aims))
  }
  return out
}

/** The items of the aims: of their parts, where they are parted ("Mục tiêu chung", "Mục tiêu cụ thể"). */
function aimsOf(node: Node): Words[] {
  const parts = node.children.filter((child) => child.title)
  return parts.length > 0 ? parts.flatMap(itemsOf) : itemsOf(node)
}

function headingKind(node: Node): SectionKind | undefined {
  if (node.title) {
    const key = titleKey(node)
    // "1. Mục tiêu" stands for the purposes under "MỤC TIÊU, YÊU CẦU".
    if (
      /^muc tieu\b/.test(key) &&
      node.parent?.title &&
      kindOfTitle(titleKey(node.parent)) === 'purpose-and-requirement'
    )
      return 'purpose'
    return kindOfTitle(key)
  }
  // "- Mục đích: …" as an item; "* Yêu cầu:" as a label.
  const label = node.line && /^(?:muc dich|yeu cau)(?=\s*:)/.exec(node.line.key)
  return label ? (label[0] === 'muc dich' ? 'purpose' : 'requirement') : undefined
}

const isPart = (kind: SectionKind | undefined): boolean => kind === 'purpose' || kind === 'requirement'

/** "Yêu cầu" heads requirements near a purpose or at the top, not "yêu cầu" of an entry in a contest. */
function underBoth(node: Node): boolean {
  if (!node.parent?.parent) return true
  const above = kindOfTitle(titleKey(node.parent))
  return (
    above === 'purpose-and-requirement' ||
    node.parent.children.some((child) => headingKind(child) === 'purpose')
  )
}

/** The paragraphs and items of a section, one each at the shallowest level; deeper items belong to theirs. */
export function itemsOf(node: Node): Words[] {
  const items: Words[] = []
  // "1. Mục đích." with its items counted from 1 again beside it.
  if (node.title && !node.rest && node.children.length === 0) return restarted(node).map(wholeText)
  const own = node.title ? node.rest : labelRest(node)
  if (own && own.text.length > 1) items.push(wordsOf(own))
  for (const child of node.children) {
    if (!child.line || child.line.text === '') continue
    items.push(wholeText(child))
  }
  return items
}

/** The items beside a heading whose count begins at 1 again, up to the next heading. */
function restarted(node: Node): Node[] {
  const beside = node.parent?.children ?? []
  const after = beside.slice(beside.indexOf(node) + 1)
  const stop = after.findIndex((other) => other.title || headingKind(other) !== undefined)
  const items = stop < 0 ? after : after.slice(0, stop)
  return items[0]?.marker?.order === 1 && items[0].marker.kind === node.marker?.kind ? items : []
}

function labelRest(node: Node): Node['line'] {
  if (!node.line) return undefined
  const colon = node.line.text.indexOf(':')
  return colon >= 0 && colon < node.line.text.length - 1 ? sliceLine(node.line, colon + 1) : undefined
}

/** A node's words with those of everything under it. */
export function wholeText(node: Node): Words {
  const parts: Words[] = []
  const open: Node[] = [node]
  while (open.length > 0) {
    const next = open.pop()
    if (!next) break
    if (next.line && next.line.text !== '') parts.push(wordsOf(next.line))
    for (let at = next.children.length - 1; at >= 0; at--) {
      const child = next.children[at]
      if (child) open.push(child)
    }
  }
  return joinWords(parts)
}
