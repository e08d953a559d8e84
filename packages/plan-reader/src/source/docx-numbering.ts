import { readCount, readLevel } from './docx-properties.ts'
import type { DocxStyles } from './docx-styles.ts'
import type { Limits } from './limits.ts'
import { formatNumber } from './number-formats.ts'
import { printSymbol } from './symbol-fonts.ts'
import { streamXml, type XmlAttributes } from './xml-stream.ts'

interface Level {
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

interface AbstractList {
  levels: Map<number, Level>
  /** The list is another one's: that of this numbering style. */
  styleLink?: string
}

interface ListInstance {
  abstractId: string
  starts: Map<number, number>
  levels: Map<number, Level>
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
export interface DocxNumbering {
  next(numId: string, level: number | undefined, style: string | undefined): AutomaticNumber | undefined
}

/** Reads `word/numbering.xml`, or stands for its absence. Throws {@link StopReading}. */
export function readNumbering(
  part: Uint8Array | undefined,
  styles: DocxStyles,
  limits: Limits,
): DocxNumbering {
  const listener = new NumberingListener()
  if (part) streamXml(part, 'numbering.xml', limits, listener)
  return new ListCounters(listener.abstractLists, listener.instances, styles)
}

class NumberingListener {
  abstractLists = new Map<string, AbstractList>()
  instances = new Map<string, ListInstance>()
  #abstract: AbstractList | undefined
  #instance: ListInstance | undefined
  #overrideLevel = 0
  #level: Level | undefined

  open(name: string, attributes: XmlAttributes): void {
    const value = attributes['w:val']
    switch (name) {
      case 'w:abstractNum':
        this.#abstract = { levels: new Map() }
        this.abstractLists.set(attributes['w:abstractNumId'] ?? '', this.#abstract)
        return
      case 'w:numStyleLink':
        if (this.#abstract && value !== undefined) this.#abstract.styleLink = value
        return
      case 'w:num':
        this.#instance = { abstractId: '', starts: new Map(), levels: new Map() }
        this.instances.set(attributes['w:numId'] ?? '', this.#instance)
        return
      case 'w:abstractNumId':
        if (this.#instance) this.#instance.abstractId = value ?? ''
        return
      case 'w:lvlOverride':
        this.#overrideLevel = readLevel(attributes['w:ilvl'])
        return
      case 'w:startOverride':
        this.#instance?.starts.set(this.#overrideLevel, readCount(value, 1))
        return
      case 'w:lvl':
        this.#level = { start: 0, format: 'decimal', text: '', plain: false, touches: false }
        ;(this.#instance ?? this.#abstract)?.levels.set(readLevel(attributes['w:ilvl']), this.#level)
        return
    }
    if (this.#level) takeLevelProperty(this.#level, name, attributes)
  }

  close(name: string): void {
    if (name === 'w:abstractNum') this.#abstract = undefined
    else if (name === 'w:num') this.#instance = undefined
    else if (name === 'w:lvl') this.#level = undefined
  }
}

// Real level texts are a few letters; one that is longer is not a number.
const longestLevelText = 40

function takeLevelProperty(level: Level, name: string, attributes: XmlAttributes): void {
  const value = attributes['w:val']
  switch (name) {
    case 'w:start':
      level.start = readCount(value, 0)
      break
    case 'w:numFmt':
      level.format = value ?? 'decimal'
      if (attributes['w:format'] !== undefined) level.sample = attributes['w:format']
      break
    case 'w:lvlText':
      level.text = (value ?? '').slice(0, longestLevelText)
      break
    case 'w:lvlRestart':
      level.restartAfter = readCount(value, 0)
      break
    case 'w:isLgl':
      level.plain = attributes['w:val'] !== '0' && attributes['w:val'] !== 'false'
      break
    case 'w:suff':
      level.touches = value === 'nothing'
      break
    case 'w:pStyle':
      if (value !== undefined) level.style = value
      break
    case 'w:rFonts': {
      const font = attributes['w:ascii'] ?? attributes['w:hAnsi']
      if (font !== undefined) level.font = font
      break
    }
  }
}

const deepestLevel = 8
const mostStyleLinks = 8

class ListCounters implements DocxNumbering {
  #abstractLists: Map<string, AbstractList>
  #instances: Map<string, ListInstance>
  #styles: DocxStyles
  /** Counted per abstract list: Word's instances of one list go on counting where another left off. */
  #counters = new Map<AbstractList, (number | undefined)[]>()
  #startsUsed = new Set<string>()

  constructor(
    abstractLists: Map<string, AbstractList>,
    instances: Map<string, ListInstance>,
    styles: DocxStyles,
  ) {
    this.#abstractLists = abstractLists
    this.#instances = instances
    this.#styles = styles
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
    levelAt: (index: number) => Level | undefined,
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
      const numId = this.#styles.lookOf(abstract.styleLink).numId
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

function printLevel(value: number, level: Level, plain: boolean): string {
  if (plain && level.format !== 'decimalZero') return String(value)
  if (level.format === 'custom') {
    const width = /^0*1\b/.exec(level.sample ?? '')?.[0].length ?? 1
    return String(value).padStart(Math.min(width, 6), '0')
  }
  // A bullet above takes no part in the numbers below it.
  return level.format === 'bullet' ? '' : formatNumber(value, level.format)
}
