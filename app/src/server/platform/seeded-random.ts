/**
 * Numbers that look drawn by chance and are the same in every run with the same seed: for sample data and tests.
 * Mulberry32, a 32-bit generator by Tommy Ettinger (public domain).
 */
export interface SeededRandom {
  /** 0 ≤ x < 1. */
  next: () => number
  /** A whole number, both ends included. */
  between: (least: number, most: number) => number
  /** True in this share of cases. */
  chance: (share: number) => boolean
  pick: <Item>(items: readonly [Item, ...Item[]]) => Item
  /** One of the items, each as likely as its weight says. */
  pickWeighted: <Item>(items: readonly (readonly [item: Item, weight: number])[]) => Item
  /** An id of UUID version 7's form: later ones sort later, and every run makes the same ones. */
  id: () => string
}

const firstInstant = Date.UTC(2026, 0, 1)

/** Makes a generator of its own; two with one seed give the same. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0
  let made = 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const bits = (count: number): string =>
    Math.floor(next() * 2 ** count)
      .toString(16)
      .padStart(count / 4, '0')
  return {
    next,
    between: (least, most) => least + Math.floor(next() * (most - least + 1)),
    chance: (share) => next() < share,
    pick: (items) => items[Math.floor(next() * items.length)] ?? items[0],
    pickWeighted: (items) => {
      let rest = next() * items.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [item, weight] of items) {
        rest -= weight
        if (rest < 0) return item
      }
      const [first] = items
      if (!first) throw new RangeError('there is nothing to pick from')
      return first[0]
    },
    id: () => {
      made += 1
      const time = (firstInstant + made).toString(16).padStart(12, '0')
      const variant = (8 + Math.floor(next() * 4)).toString(16)
      return `${time.slice(0, 8)}-${time.slice(8)}-7${bits(12)}-${variant}${bits(12)}-${bits(24)}${bits(24)}`
    },
  }
}
