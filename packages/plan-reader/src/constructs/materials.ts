import type { Words } from '../lines/line.ts'
import { withoutTail } from '../lines/line.ts'
import type { Node } from '../outline/outline.ts'
import { itemsOf } from './purposes.ts'
import { kindOfTitle, titleKey } from './sections.ts'

/** What is studied: the items under `Tài liệu`, `Tài liệu học tập`. */
export function readMaterials(all: readonly Node[]): Words[] {
  return all.flatMap((node) => {
    const headed = node.title && kindOfTitle(titleKey(node)) === 'materials'
    const labelled =
      !node.title &&
      node.line &&
      /^tai lieu(?: (?:hoc tap|nghien cuu|sinh hoat|tuyen truyen|tham khao))?\s*:/.test(node.line.key)
    return headed || labelled ? itemsOf(node).map(withoutTail) : []
  })
}
