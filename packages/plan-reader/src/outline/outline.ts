import type { Entry, Grid } from '../lines/flow.ts'
import { countWords, isCapitals, type Line, sliceLine, type Words } from '../lines/line.ts'
import { readHeading } from './heading.ts'
import { type Marker, readMarker } from './marker.ts'

/** A paragraph, an item, a heading with what stands under it, or a table. */
export interface Node {
  marker: Marker | undefined
  /** The words after the marker; undefined for a table. */
  line: Line | undefined
  /** The title, where it is a numbered heading: `Thời gian` of `1. Thời gian: 13h30 …`. */
  title: Words | undefined
  /** What follows the title on its own line. */
  rest: Line | undefined
  table: Grid | undefined
  children: Node[]
  parent: Node | undefined
  /** The markers of headings from the top: `III.2.1`; of an item, its section's. */
  path: string
  rank: number
}

/** Builds the tree of a text from its markers. The root is a node without words. */
export function makeOutline(body: readonly Entry[]): Node {
  const root = makeNode(undefined, undefined, undefined, -1)
  let stack: Node[] = [root]
  const entries = headByCapitals(repairMarkers(body))
  entries.forEach(({ entry, marker }, at) => {
    if (entry.type === 'table') {
      const node = makeNode(undefined, undefined, entry.table, 99)
      attach(holder(stack), node)
      return
    }
    const line = marker ? sliceLine(entry.line, marker.end) : entry.line
    if (line.text === '') {
      // A heading whose words stand on the next line.
      const next = entries[at + 1]
      if (!marker || !next || next.marker || next.entry.type === 'table') return
    }
    const rank = marker?.rank ?? 50
    const node = makeNode(marker, line, undefined, rank)
    if (!marker) {
      const empty = stack.at(-1)
      if (empty?.line?.text === '' && empty.marker) {
        empty.line = line
        return
      }
      attach(holder(stack), node)
      // "Thành phần mời dự:" holds the dashes under it, though it has no mark of its own.
      if (openLabel.test(line.key)) {
        node.rank = 8.5
        stack = [...stack.filter((open) => open.rank < node.rank), node]
      } else stack = stack.filter((open) => open.marker !== undefined || open === root)
      return
    }
    stack = stack.filter((open) => open.rank < rank)
    attach(stack.at(-1) ?? root, node)
    stack.push(node)
  })
  nameHeadings(root)
  return root
}

function makeNode(
  marker: Marker | undefined,
  line: Line | undefined,
  table: Grid | undefined,
  rank: number,
): Node {
  return {
    marker,
    line,
    table,
    rank,
    title: undefined,
    rest: undefined,
    children: [],
    parent: undefined,
    path: '',
  }
}

function attach(parent: Node, child: Node): void {
  child.parent = parent
  parent.children.push(child)
}

/** Unmarked paragraphs and tables stand under the last heading, or under an item that announces them by a colon. */
function holder(stack: readonly Node[]): Node {
  for (let at = stack.length - 1; at >= 0; at--) {
    const node = stack[at]
    if (!node) continue
    // A numbered sentence is an item; what follows it belongs to the heading above.
    if (isNumberedSentence(node)) continue
    if (node.rank < 8) return node
    if (node.line?.text.endsWith(':') && node.children.length === 0 && node.rank < 10) return node
  }
  return stack[0] as Node
}

function isNumberedSentence(node: Node): boolean {
  const text = node.line?.text ?? ''
  return (
    node.rank >= 4 &&
    node.rank < 8 &&
    /[.;]$/.test(text) &&
    !text.slice(0, 90).includes(':') &&
    countWords(text) > 10
  )
}

/** Reads titles from the top down: whether a numbered paragraph is a heading depends on what stands under it. */
function nameHeadings(root: Node): void {
  const queue: Node[] = [root]
  for (let at = 0; at < queue.length; at++) {
    const node = queue[at]
    if (!node) continue
    node.children.forEach((child, index) => {
      const heading = child.marker && readHeading(child, node.children[index + 1])
      if (heading) {
        child.title = heading.title
        child.rest = heading.rest
        child.path = pathUnder(node, child.marker)
      } else {
        child.path = node.path
        child.rest = child.line
      }
      queue.push(child)
    })
  }
}

/** `III.2` and `2.1` give `III.2.1`: a decimal number repeats the one above it. */
function pathUnder(parent: Node, marker: Marker | undefined): string {
  if (!marker) return parent.path
  if (marker.kind === 'decimal') {
    const above = ancestors(parent).find((node) => node.title && node.rank < 4 && node.path !== '')
    return above ? `${above.path}.${marker.label}` : marker.label
  }
  return parent.path === '' ? marker.label : `${parent.path}.${marker.label}`
}

/** A node and everything above it, from the nearest up. */
export function ancestors(node: Node): Node[] {
  const up: Node[] = []
  for (let at: Node | undefined = node; at; at = at.parent) up.push(at)
  return up
}

/** Every node under a node, in reading order. */
export function descendants(node: Node): Node[] {
  const all: Node[] = []
  const open = [...node.children].reverse()
  while (open.length > 0) {
    const next = open.pop()
    if (!next) break
    all.push(next)
    for (let at = next.children.length - 1; at >= 0; at--) {
      const child = next.children[at]
      if (child) open.push(child)
    }
  }
  return all
}

const openLabel =
  /^(?:thanh phan|dai bieu|khach moi|chuong trinh|tai lieu|noi dung chuong trinh|tien trinh)(?: [a-z]+){0,5}\s*:$/

interface Marked {
  entry: Entry
  marker: Marker | undefined
}

/** In a text without any number, lines in capitals head what follows: they have a title, but no path. */
function headByCapitals(entries: Marked[]): Marked[] {
  if (entries.some(({ marker }) => marker && marker.rank <= 5)) return entries
  const heads = (entry: Entry): boolean =>
    entry.type === 'line' &&
    isCapitals(entry.line.text) &&
    countWords(entry.line.text) > 1 &&
    entry.line.text.length < 120 &&
    !/[.;,]$/.test(entry.line.text)
  if (entries.filter(({ entry }) => heads(entry)).length < 3) return entries
  return entries.map((own) =>
    own.marker || !heads(own.entry)
      ? own
      : { ...own, marker: { kind: 'roman', label: '', order: 0, end: 0, rank: 3 } },
  )
}

const misreadRomans: Record<string, string[]> = {
  II: ['11', 'H', 'ii', 'Il', 'lI', 'll', '1I', 'I1', 'n'],
  III: ['111', 'HI', 'IH', 'Ill', 'lll', 'IIl', 'UI', 'm'],
  IV: ['1V', 'lV'],
  VI: ['V1', 'Vl'],
  VII: ['V11', 'Vll', 'VH'],
}

/**
 * Markers of all lines, with a scanner's slips put right where the order tells: `11. NHIỆM VỤ` or `H. NHIỆM VỤ`
 * after `I.` is II; `HI. TỔ CHỨC` is III; `II.` between `10.` and `12.` is 11.
 */
function repairMarkers(body: readonly Entry[]): Marked[] {
  let roman = 0
  let arabic = 0
  return body.map((entry) => {
    if (entry.type === 'table') return { entry, marker: undefined }
    let marker = readMarker(entry.line)
    const wanted = romanOf(roman + 1)
    const misread = misreadRomans[wanted]
    if (roman > 0 && misread && marker?.kind !== 'roman') {
      const label = /^([\p{L}\d]{1,4})\s*[.\-–/]\s*(?=\p{Lu})/u.exec(entry.line.text)
      const title = label ? entry.line.text.slice(label[0].length) : ''
      if (
        label?.[1] &&
        misread.includes(label[1]) &&
        looksCapital(title) &&
        !(label[1] === '11' && arabic === 10)
      )
        marker = { kind: 'roman', label: wanted, order: roman + 1, end: label[0].length, rank: 3 }
    }
    if (
      marker?.kind === 'roman' &&
      marker.label === 'II' &&
      arabic === 10 &&
      !looksCapital(entry.line.text.slice(marker.end))
    )
      marker = { kind: 'arabic', label: '11', order: 11, end: marker.end, rank: 4 }
    if (!marker && arabic > 0) {
      // "$." is a five that lost its stem.
      const slip = /^[$§]\s*\.\s*(?=\p{Lu})/u.exec(entry.line.text)
      if (slip && arabic === 4)
        marker = { kind: 'arabic', label: '5', order: 5, end: slip[0].length, rank: 4 }
    }
    if (marker?.kind === 'roman') {
      roman = marker.order
      arabic = 0
    } else if (marker?.kind === 'arabic') arabic = marker.order
    return { entry, marker }
  })
}

function looksCapital(text: string): boolean {
  const letters = text.slice(0, 60).replace(/[^\p{L}]/gu, '')
  const upper = letters.replace(/[^\p{Lu}]/gu, '')
  return letters.length >= 4 && upper.length >= letters.length * 0.7
}

const romans = ['', 'I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X']
const romanOf = (value: number): string => romans[value] ?? ''
