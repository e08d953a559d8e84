import { fold } from '@trienkhai/vietnamese/fold.ts'
import { type RawBuilder, sql } from 'kysely'

/** How the words of a search find names: folded for the index, and as typed where marks were typed. */
export interface NameSearch {
  /** Every word folded, each the beginning of a word of the name. */
  query: string
  /** Patterns of the words that were typed with marks. */
  spellings: string[]
  /** Whether a row's name holds the words: `row` has `name_words` and `full_name`. */
  fits: (row: RawBuilder<unknown>) => RawBuilder<boolean>
}

const mostWords = 8

/**
 * A search for people's names: words in any order, with marks or without. A word that was typed with marks finds only
 * names that bear them, the tone on either vowel (`hòa`, `hoà`). Undefined where nothing can be searched for.
 */
export function searchForNames(typed: string): NameSearch | undefined {
  const words = typed
    .normalize('NFC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => word !== '')
    .slice(0, mostWords)
  if (words.length === 0) return undefined
  const query = words.map((word) => `${fold(word)}:*`).join(' & ')
  const marked = words.filter((word) => fold(word) !== word)
  const spelled = (row: RawBuilder<unknown>): RawBuilder<boolean> =>
    marked.length === 0
      ? sql<boolean>`true`
      : sql<boolean>`(${sql.join(
          marked.map((word) => sql`lower(normalize(${row}.full_name, NFC)) ~ ${patternOf(word)}`),
          sql` and `,
        )})`
  return {
    query,
    spellings: marked.map(patternOf),
    fits: (row) => sql<boolean>`(${row}.name_words @@ to_tsquery('simple', ${query}) and ${spelled(row)})`,
  }
}

// Where the tone stands in oa, oe, uy is a matter of taste.
const tonePlaces: readonly [string, string][] = ['òoà', 'óoá', 'ỏoả', 'õoã', 'ọoạ'].flatMap((row) => {
  const [onFirst = '', , onA = ''] = row
  return [[`${onFirst}a`, `o${onA}`] as [string, string]]
})
const otherPlaces: readonly [string, string][] = [
  ...tonePlaces,
  ['òe', 'oè'],
  ['óe', 'oé'],
  ['ỏe', 'oẻ'],
  ['õe', 'oẽ'],
  ['ọe', 'oẹ'],
  ['ùy', 'uỳ'],
  ['úy', 'uý'],
  ['ủy', 'uỷ'],
  ['ũy', 'uỹ'],
  ['ụy', 'uỵ'],
]

/** A pattern for a word that begins so, the tone on either vowel. */
function patternOf(word: string): string {
  let pattern = word
  for (const [first, second] of otherPlaces)
    pattern = pattern
      .replaceAll(first, `(${first}|${second})`)
      .replaceAll(new RegExp(`(?<!\\|)${second}`, 'g'), `(${first}|${second})`)
  return `\\m${pattern}`
}
