import type { Names, RecordChange } from './schema.ts'

/** What stood in a field: an end of the tree of values. */
type Leaf = string | number | boolean | null

export interface Difference {
  /** Names of fields from the outside in; places in a list as numbers from 1. */
  path: readonly (string | number)[]
  before: Leaf | undefined
  after: Leaf | undefined
}

const deepest = 8

/**
 * What differs between what stood before and what stands after, field by field, in the order in which it was written
 * down. A side that was not kept leaves the other as it is; what is the same on both sides is left out.
 */
export function listDifferences(before: unknown, after: unknown): Difference[] {
  const earlier = new Map(leavesOf(before))
  const later = new Map(leavesOf(after))
  const differences: Difference[] = []
  for (const key of new Set([...earlier.keys(), ...later.keys()])) {
    const [was, is] = [earlier.get(key), later.get(key)]
    if (was?.value === is?.value) continue
    const path = was?.path ?? is?.path ?? []
    differences.push({ path, before: was?.value, after: is?.value })
  }
  return differences
}

interface Placed {
  path: readonly (string | number)[]
  value: Leaf
}

function leavesOf(value: unknown, path: readonly (string | number)[] = []): [string, Placed][] {
  if (value === undefined) return []
  if (value === null || typeof value !== 'object' || path.length >= deepest) {
    // What holds nothing says nothing, unless it stands where something else stood.
    if (path.length === 0 && value === null) return []
    return [[path.join('\u0000'), { path, value: leafOf(value) }]]
  }
  if (Array.isArray(value)) {
    if (value.every((entry) => entry === null || typeof entry !== 'object'))
      return value.length === 0
        ? []
        : [[path.join('\u0000'), { path, value: value.map((entry) => String(entry)).join('; ') }]]
    return value.flatMap((entry, index) => leavesOf(entry, [...path, index + 1]))
  }
  return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, [...path, name]))
}

function leafOf(value: unknown): Leaf {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value
  return JSON.stringify(value)
}

const id = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** Every id that stands in what was kept, to ask what it stands for. */
export function idsIn(...kept: readonly unknown[]): string[] {
  return [...new Set(kept.flatMap((value) => JSON.stringify(value ?? null).match(id) ?? []))]
}

export interface Wording {
  field: (name: string) => string
  value: (field: string, value: string) => string
  day: (iso: string) => string
  moment: (iso: string) => string
  number: (value: number) => string
  yes: string
  no: string
  none: string
  unnamed: string
}

/** The differences in words; fields that the product keeps for itself are left out. */
export function wordDifferences(
  differences: readonly Difference[],
  names: Names,
  wording: Wording,
): RecordChange[] {
  return differences
    .filter(({ path }) => !path.some((part) => typeof part === 'string' && keptForItself.has(part)))
    .map(({ path, before, after }) => {
      const field = String(path.findLast((part) => typeof part === 'string') ?? '')
      const say = (leaf: Leaf | undefined): string | null =>
        leaf === undefined ? null : sayLeaf(field, leaf, names, wording)
      return {
        label: path.map((part) => (typeof part === 'number' ? `${part}` : wording.field(part))).join(' › '),
        before: say(before),
        after: say(after),
      }
    })
}

/** Versions, keys and places in a file say nothing to who reads the record. */
const keptForItself = new Set([
  'version',
  'commandId',
  'spans',
  'span',
  'key',
  'file_hash',
  'fileHash',
  'hash',
  'type',
  'sectionId',
  'amendmentId',
])

const wholeId = new RegExp(`^${id.source}$`)

function sayLeaf(field: string, leaf: Leaf, names: Names, wording: Wording): string {
  if (leaf === null || leaf === '') return wording.none
  if (typeof leaf === 'boolean') return leaf ? wording.yes : wording.no
  if (typeof leaf === 'number') return wording.number(leaf)
  if (/^\d{4}-\d{2}-\d{2}$/.test(leaf)) return wording.day(leaf)
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(leaf)) return wording.moment(leaf)
  if (wholeId.test(leaf)) return names[leaf]?.name ?? wording.unnamed
  const named = leaf.replace(id, (one) => names[one]?.name ?? wording.unnamed)
  return wording.value(field, named)
}
