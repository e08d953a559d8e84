import { foldPhrase, splitLevel, wordsOf } from './phrase-key.ts'
import type { KnownBody } from './schema.ts'

/** What a body is compared by: its name and abbreviation, folded, short forms written out, without level and place. */
interface NameKeys {
  /** Whole names as words run together. */
  whole: Set<string>
  words: string[]
}

// A plan has dozens of phrases and an office thousands of bodies: a body's keys are made once for as long as it lives.
const known = new WeakMap<KnownBody, { places: string; keys: NameKeys }>()

function keysOf(body: KnownBody, places: readonly string[]): NameKeys {
  const cached = known.get(body)
  if (cached && cached.places === places.join()) return cached.keys
  const full = foldPhrase(body.name)
  const { core } = splitLevel(full, places)
  const words = wordsOf(core)
  const spellings = [
    wordsOf(full),
    words,
    ...(body.abbreviation ? [wordsOf(foldPhrase(body.abbreviation))] : []),
  ]
  const keys = {
    whole: new Set(spellings.filter((spelling) => spelling.length > 0).map((spelling) => spelling.join(' '))),
    words,
  }
  known.set(body, { places: places.join(), keys })
  return keys
}

/**
 * The bodies that a folded name fits: the very name or abbreviation; with `loosely` also one whose name holds all the
 * words in their order ("Hội Phụ nữ" in "Hội Liên hiệp Phụ nữ"), or whose whole name the words hold. Empty where none.
 */
export function findByName(
  folded: string,
  bodies: readonly KnownBody[],
  places: readonly string[],
  how: 'exactly' | 'loosely' = 'exactly',
): KnownBody[] {
  const words = wordsOf(folded.replace(/^(?:cac|tung|moi)\s/, ''))
  if (words.length === 0) return []
  const key = words.join(' ')
  if (how === 'exactly') return bodies.filter((body) => keysOf(body, places).whole.has(key))
  return bestBy(bodies, (body) => likeness(words, keysOf(body, places).words))
}

const leastLikeness = 0.5

function bestBy(bodies: readonly KnownBody[], score: (body: KnownBody) => number): KnownBody[] {
  let best: KnownBody[] = []
  let bestScore = leastLikeness
  for (const body of bodies) {
    const value = score(body)
    if (value > bestScore) {
      best = [body]
      bestScore = value
    } else if (value === bestScore) best.push(body)
  }
  return best
}

/** 0–1: the share of the longer name that the shorter one covers, where the shorter stands in it in order. */
function likeness(phrase: readonly string[], name: readonly string[]): number {
  const [short, long] = phrase.length <= name.length ? [phrase, name] : [name, phrase]
  if (short.length < 2 || !standsIn(short, long)) return 0
  return short.length / long.length
}

function standsIn(short: readonly string[], long: readonly string[]): boolean {
  let at = 0
  for (const word of long) if (word === short[at]) at += 1
  return at === short.length
}
