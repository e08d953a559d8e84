import { formatNumber } from './number-formats.ts'
import { printSymbol } from './symbol-fonts.ts'

/** One level of a list, as its author set it. */
export interface ListLevel {
  start: number
  format: string
  /** `custom` formats give a sample of their figures: `001, 002, 003, …`. */
  sample?: string
  text: string
  /** Restarts after this level (1-based) or one above it; 0 is never. */
  restartAfter?: number
  /** All figures plain, whatever the levels above look like (`w:isLgl`). */
  plain: boolean
  touches: boolean
  style?: string
  font?: string
}

/** A list's nine levels. */
export interface AbstractList {
  levels: Map<number, ListLevel>
  /** The list is another one's: that of this numbering style. */
  styleLink?: string
}

/** A use of a list: paragraphs name it; it may start levels anew or change them. */
export interface ListInstance {
  abstractId: string
  starts: Map<number, number>
  levels: Map<number, ListLevel>
}

/** A number as Word prints it before a paragraph. */
export interface AutomaticNumber {
  text: string
  level: number
  isBullet: boolean
  /** Nothing stands between the number and the words. */
  touches: boolean
}

/** The document's lists, and how far each has counted: ask for the paragraphs in reading order, each once. */
export interface AutomaticNumbers {
  next(numId: string, level: number | undefined, style: string | undefined): AutomaticNumber | undefined
}

const deepestLevel = 8
const mostStyleLinks = 8

/** Counts as Word does. `numIdOf` gives the list that a numbering style stands for. */
export class ListCounters implements AutomaticNumbers {
  #abstractLists: Map<string, AbstractList>
  #instances: Map<string, ListInstance>
  #numIdOf: (style: string) => string | undefined
  /** Counted per abstract list: Word's instances of one list go on counting where another left off. */
  #counters = new Map<AbstractList, (number | undefined)[]>()
  #startsUsed = new Set<string>()

  constructor(
    abstractLists: Map<string, AbstractList>,
    instances: Map<string, ListInstance>,
    numIdOf: (style: string) => string | undefined = () => undefined,
  ) {
    this.#abstractLists = abstractLists
    this.#instances = instances
    this.#numIdOf = numIdOf
  }

  next(numId: string, level: number | undefined, style: string | undefined): AutomaticNumber | undefined {
    // Number 0 is Word's way to switch a style's numbering off.
    if (numId === '0') return undefined
    const instance = this.#instances.get(numId)
    const abstract = instance && this.#findAbstract(instance)
    if (!instance || !abstract) return undefined
    const at = Math.min(level ?? findStyleLevel(abstract, style) ?? 0, deepestLevel)
    const levelAt = (index: number) => instance.levels.get(index) ?? abstract.levels.get(index)
    const definition = levelAt(at)
    if (!definition) return undefined
    const counters = this.#count(numId, instance, abstract, at, levelAt)
    const isBullet = definition.format === 'bullet'
    const text = isBullet
      ? printSymbol(definition.text, definition.font)
      : definition.text.replace(/%([1-9])/g, (_, digit: string) => {
          const index = Number(digit) - 1
          const source = levelAt(index)
          if (!source || index > at) return ''
          return printLevel(counters[index] ?? source.start, source, definition.plain)
        })
    return text.trim() === ''
      ? undefined
      : { text: text.trim(), level: at, isBullet, touches: definition.touches }
  }

  #count(
    numId: string,
    instance: ListInstance,
    abstract: AbstractList,
    at: number,
    levelAt: (index: number) => ListLevel | undefined,
  ): (number | undefined)[] {
    const counters = this.#counters.get(abstract) ?? []
    this.#counters.set(abstract, counters)
    const start = instance.starts.get(at)
    const startKey = `${numId}/${at}`
    if (start !== undefined && !this.#startsUsed.has(startKey)) {
      this.#startsUsed.add(startKey)
      counters[at] = start
    } else {
      const before = counters[at]
      counters[at] = before === undefined ? (start ?? levelAt(at)?.start ?? 1) : before + 1
    }
    for (let below = at + 1; below <= deepestLevel; below++) {
      const restartAfter = levelAt(below)?.restartAfter
      if (restartAfter === undefined || at < restartAfter) counters[below] = undefined
    }
    return counters
  }

  #findAbstract(instance: ListInstance): AbstractList | undefined {
    let abstract = this.#abstractLists.get(instance.abstractId)
    for (let hops = 0; abstract?.styleLink !== undefined && hops < mostStyleLinks; hops++) {
      const numId = this.#numIdOf(abstract.styleLink)
      const target = numId === undefined ? undefined : this.#instances.get(numId)
      const next = target && this.#abstractLists.get(target.abstractId)
      if (!next || next === abstract) break
      abstract = next
    }
    return abstract
  }
}

/** A style that is numbered names its list; which level it takes, the list says by naming the style. */
function findStyleLevel(abstract: AbstractList, style: string | undefined): number | undefined {
  if (style === undefined) return undefined
  for (const [index, level] of abstract.levels) if (level.style === style) return index
  return undefined
}

function printLevel(value: number, level: ListLevel, plain: boolean): string {
  if (plain && level.format !== 'decimalZero') return String(value)
  if (level.format === 'custom') {
    const width = /^0*1\b/.exec(level.sample ?? '')?.[0].length ?? 1
    return String(value).padStart(Math.min(width, 6), '0')
  }
  // A bullet above takes no part in the numbers below it.
  return level.format === 'bullet' ? '' : formatNumber(value, level.format)
}
