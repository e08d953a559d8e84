import {
  type AbstractList,
  type AutomaticNumbers,
  ListCounters,
  type ListInstance,
  type ListLevel,
} from './automatic-numbers.ts'
import { readCount, readLevel } from './docx-properties.ts'
import type { DocxStyles } from './docx-styles.ts'
import type { Limits } from './limits.ts'
import { streamXml, type XmlAttributes } from './xml-stream.ts'

/** Reads `word/numbering.xml`, or stands for its absence. Throws {@link StopReading}. */
export function readNumbering(
  part: Uint8Array | undefined,
  styles: DocxStyles,
  limits: Limits,
): AutomaticNumbers {
  const listener = new NumberingListener()
  if (part) streamXml(part, 'numbering.xml', limits, listener)
  return new ListCounters(listener.abstractLists, listener.instances, (style) => styles.lookOf(style).numId)
}

class NumberingListener {
  abstractLists = new Map<string, AbstractList>()
  instances = new Map<string, ListInstance>()
  #abstract: AbstractList | undefined
  #instance: ListInstance | undefined
  #overrideLevel = 0
  #level: ListLevel | undefined

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

function takeLevelProperty(level: ListLevel, name: string, attributes: XmlAttributes): void {
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
