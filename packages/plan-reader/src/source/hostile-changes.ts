/** A file that means harm, or was hurt on its way. */
export interface HostileFile {
  name: string
  /** Made when it is asked for: some are large. */
  make(): Uint8Array
  /** Set where nothing but a refusal will do; otherwise a sane reading will do as well. */
  refused?: string
}

/** Figures from 0 up to 1 that look thrown and are the same each time (a linear congruential generator). */
export function makeDice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** Files cut off at `count` places, spread over the whole. */
export function cutOff(name: string, bytes: Uint8Array, count: number): HostileFile[] {
  return Array.from({ length: count }, (_, index) => {
    const length = Math.floor((bytes.length * (index + 1)) / (count + 1))
    return { name: `${name}, cut at ${length}`, make: () => bytes.slice(0, length) }
  })
}

/** Files in which a few bits are turned over. */
export function flipBits(name: string, bytes: Uint8Array, count: number): HostileFile[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `${name}, bits turned (${index})`,
    make: () => {
      const dice = makeDice(index + 1)
      const hurt = bytes.slice()
      for (let flip = 0; flip <= index % 6; flip++) {
        const at = Math.floor(dice() * hurt.length)
        hurt[at] = (hurt[at] ?? 0) ^ (1 << Math.floor(dice() * 8))
      }
      return hurt
    },
  }))
}

/** Text in which pieces are cut out, doubled or exchanged at tags, so that it stays nearly well-formed. */
export function shuffle(text: string, seed: number, at: RegExp): string {
  const dice = makeDice(seed)
  const pieces = text.split(at)
  for (let change = 0; change < 1 + (seed % 4); change++) {
    const from = Math.floor(dice() * pieces.length)
    const to = Math.floor(dice() * pieces.length)
    const kind = dice()
    if (kind < 0.34) pieces.splice(from, 1)
    else if (kind < 0.67) pieces.splice(from, 0, pieces[to] ?? '')
    else [pieces[from], pieces[to]] = [pieces[to] ?? '', pieces[from] ?? '']
  }
  return pieces.join('')
}
