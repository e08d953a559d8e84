import { SaxesParser } from 'saxes'
import type { Limits } from './limits.ts'
import { StopReading } from './refusal.ts'

export type XmlAttributes = Record<string, string | undefined>

/** Hears one XML part as it is read. Names carry the usual prefixes: `w:p`, `mc:Fallback`, `r:id`. */
export interface XmlListener {
  open(name: string, attributes: XmlAttributes): void
  close?(name: string): void
  text?(text: string): void
}

/** The prefixes that Word writes; other producers may choose theirs (`ns0:p`), by transitional or strict names. */
const usualPrefixes = new Map<string, string>([
  ['http://schemas.openxmlformats.org/wordprocessingml/2006/main', 'w:'],
  ['http://purl.oclc.org/ooxml/wordprocessingml/main', 'w:'],
  ['http://schemas.openxmlformats.org/officeDocument/2006/relationships', 'r:'],
  ['http://purl.oclc.org/ooxml/officeDocument/relationships', 'r:'],
  ['http://schemas.openxmlformats.org/officeDocument/2006/math', 'm:'],
  ['http://schemas.openxmlformats.org/markup-compatibility/2006', 'mc:'],
  ['http://schemas.openxmlformats.org/package/2006/relationships', ''],
  ['http://schemas.openxmlformats.org/package/2006/content-types', ''],
])

/**
 * Streams an XML part to a listener. A document type is refused before anything in it is looked at (Office
 * writes none, and entities live there), as is XML that is not well-formed. Throws {@link StopReading}.
 */
export function streamXml(part: Uint8Array, name: string, limits: Limits, listener: XmlListener): void {
  const parser = new SaxesParser({ xmlns: false, position: false })
  let depth = 0
  let rename: ((name: string) => string) | undefined
  parser.on('error', (error) => {
    throw new StopReading('damaged', { found: `${name}: ${error.message}` })
  })
  parser.on('doctype', () => {
    throw new StopReading('unsafe', { found: `${name}: document type` })
  })
  parser.on('opentag', (tag) => {
    if (depth === 0) rename = findRenaming(tag.attributes)
    depth += 1
    if (depth > limits.depth) throw new StopReading('too-much-inside', { limit: limits.depth, found: name })
    if (rename) listener.open(rename(tag.name), renameAttributes(tag.attributes, rename))
    else listener.open(tag.name, tag.attributes)
  })
  parser.on('closetag', (tag) => {
    depth -= 1
    listener.close?.(rename ? rename(tag.name) : tag.name)
  })
  if (listener.text) {
    const text = listener.text.bind(listener)
    parser.on('text', text)
    parser.on('cdata', text)
  }
  parser.write(decodeXml(part)).close()
}

/** XML is UTF-8, or UTF-16 by its byte order mark. */
function decodeXml(part: Uint8Array): string {
  const [first, second] = part
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(part)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(part)
  return new TextDecoder().decode(part)
}

function findRenaming(attributes: XmlAttributes): ((name: string) => string) | undefined {
  const renamed = new Map<string, string>()
  for (const [name, value] of Object.entries(attributes)) {
    const usual = value === undefined ? undefined : usualPrefixes.get(value)
    if (usual === undefined) continue
    if (name === 'xmlns' && usual !== '') renamed.set('', usual)
    else if (name.startsWith('xmlns:') && `${name.slice(6)}:` !== usual)
      renamed.set(`${name.slice(6)}:`, usual)
  }
  if (renamed.size === 0) return undefined
  const known = new Map<string, string>()
  return (name) => {
    const seen = known.get(name)
    if (seen !== undefined) return seen
    const prefix = name.slice(0, name.indexOf(':') + 1)
    const usual = renamed.get(prefix)
    const result = usual === undefined ? name : usual + name.slice(prefix.length)
    if (known.size < 1000) known.set(name, result)
    return result
  }
}

function renameAttributes(attributes: XmlAttributes, rename: (name: string) => string): XmlAttributes {
  const renamed: XmlAttributes = {}
  // An attribute without a prefix has no namespace: the default one is for elements.
  for (const [name, value] of Object.entries(attributes))
    renamed[name.includes(':') ? rename(name) : name] = value
  return renamed
}
