import { spellingKey } from '@trienkhai/vietnamese/fold.ts'
import { nameKey } from '#features/organisations/name-key.ts'
import type { Hierarchy } from '#features/organisations/schema.ts'
import { editsBetween } from './parse-row.ts'

/** A body that rows may name: one that is known, or one that another row of the file brings. */
export interface BookEntry {
  readonly id: string
  readonly name: string
  readonly abbreviation: string | null
  readonly parentId: string | null
  readonly kind: string
  readonly hierarchy: Hierarchy
  readonly unitCode: string | null
  /** The row of the file that brings it, where it is not known yet. */
  readonly row?: number
}

export type Finding =
  | { readonly ok: true; readonly entry: BookEntry; readonly withoutMarks: boolean }
  | { readonly ok: false; readonly reason: 'unknown-organisation'; readonly meant?: string }
  | { readonly ok: false; readonly reason: 'several-organisations'; readonly detail: string }

/** A name above it, after the body's own: "Chi bộ thôn 1, Đảng ủy xã A", "… (Đảng ủy xã A)", "… thuộc …". */
const aboveForms = [
  /^(.+?)\s*[,;(–]\s*(.+?)\s*\)?$/u,
  /^(.+?)\s+-\s+(.+)$/u,
  /^(.+?)\s+(?:trực )?thuộc\s+(.+)$/iu,
]

const mostGuesses = 300

/** Bodies by their names, however those are typed. Held in memory: 60,000 take some 30 MB. */
export class OrganisationBook {
  readonly #byId = new Map<string, BookEntry>()
  readonly #bySpelling = new Map<string, BookEntry[]>()
  readonly #byKey = new Map<string, BookEntry[]>()
  readonly #remembered = new Map<string, Finding>()
  #guesses = 0

  constructor(entries: Iterable<BookEntry> = []) {
    for (const entry of entries) this.add(entry)
  }

  add(entry: BookEntry): void {
    this.#byId.set(entry.id, entry)
    const names = entry.abbreviation ? [entry.name, entry.abbreviation] : [entry.name]
    for (const name of names) {
      put(this.#bySpelling, spellingKey(name), entry)
      put(this.#byKey, nameKey(name), entry)
    }
    this.#remembered.clear()
  }

  get(id: string): BookEntry | undefined {
    return this.#byId.get(id)
  }

  /** The bodies of exactly this name, whatever its case and composition. */
  named(name: string): readonly BookEntry[] {
    const key = spellingKey(name)
    return (this.#bySpelling.get(key) ?? []).filter((entry) => spellingKey(entry.name) === key)
  }

  /** The body that is meant by words in a cell. */
  find(words: string): Finding {
    const known = this.#remembered.get(words)
    if (known) return known
    const found = this.#look(words)
    this.#remembered.set(words, found)
    return found
  }

  #look(words: string): Finding {
    const whole = this.#among(words)
    if (whole) return this.#one(whole.entries, whole.withoutMarks)
    for (const form of aboveForms) {
      const [, own = '', above = ''] = form.exec(words) ?? []
      const found = own === '' ? undefined : this.#among(own)
      if (!found) continue
      const below = found.entries.filter((entry) => this.#standsBelow(entry, above))
      if (below.length > 0) return this.#one(below, found.withoutMarks)
    }
    const meant = this.#nearest(words)
    return { ok: false, reason: 'unknown-organisation', ...(meant === undefined ? {} : { meant }) }
  }

  #among(words: string): { entries: readonly BookEntry[]; withoutMarks: boolean } | undefined {
    const spelled = this.#bySpelling.get(spellingKey(words))
    if (spelled) return { entries: spelled, withoutMarks: false }
    const keyed = this.#byKey.get(nameKey(words))
    return keyed ? { entries: keyed, withoutMarks: true } : undefined
  }

  #one(entries: readonly BookEntry[], withoutMarks: boolean): Finding {
    const distinct = [...new Map(entries.map((entry) => [entry.id, entry])).values()]
    const [only] = distinct
    if (distinct.length === 1 && only) return { ok: true, entry: only, withoutMarks }
    const places = distinct.slice(0, 3).map((entry) => this.fullName(entry))
    return { ok: false, reason: 'several-organisations', detail: places.join('; ') }
  }

  #standsBelow(entry: BookEntry, above: string): boolean {
    const wanted = nameKey(above)
    let at = entry.parentId === null ? undefined : this.#byId.get(entry.parentId)
    for (let steps = 0; at && steps < 40; steps++) {
      if (nameKey(at.name) === wanted || (at.abbreviation && nameKey(at.abbreviation) === wanted)) return true
      at = at.parentId === null ? undefined : this.#byId.get(at.parentId)
    }
    return false
  }

  /** The name with the body above it, as it can be typed where the name alone does not tell. */
  fullName(entry: BookEntry): string {
    const parent = entry.parentId === null ? undefined : this.#byId.get(entry.parentId)
    return parent ? `${entry.name}, ${parent.name}` : entry.name
  }

  /** As it should be written so that it is found again: with the body above where others are called the same. */
  tellingName(entry: BookEntry): string {
    return (this.#bySpelling.get(spellingKey(entry.name))?.length ?? 0) > 1
      ? this.fullName(entry)
      : entry.name
  }

  #nearest(words: string): string | undefined {
    const key = nameKey(words)
    // Each guess compares with every name: a file in which nothing fits is told so without them.
    if (key.length < 4 || this.#guesses >= mostGuesses) return undefined
    this.#guesses += 1
    let best: string | undefined
    let fewest = 3
    for (const [known, [entry]] of this.#byKey) {
      if (!entry || Math.abs(known.length - key.length) > 2) continue
      const edits = editsBetween(known, key)
      if (edits >= fewest) continue
      best = entry.name
      fewest = edits
    }
    return best
  }
}

function put(map: Map<string, BookEntry[]>, key: string, entry: BookEntry): void {
  const known = map.get(key)
  if (known) known.push(entry)
  else map.set(key, [entry])
}
