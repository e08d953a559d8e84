import { TextDecoder } from 'node:util'
import { SaxesParser } from 'saxes'
import { StopReading } from '../refusal.ts'

export type XmlAttributes = Readonly<Record<string, string | undefined>>

/** Hears an XML part while it is unpacked. Names come without their prefix: producers choose those as they like. */
export interface XmlListener {
  open(name: string, attributes: XmlAttributes): void
  close?(name: string): void
  text?(text: string): void
}

const deepest = 100

/**
 * Feeds a part to a listener; after each portion `afterPortion` may give out what was gathered. A document type is
 * refused before anything in it is looked at: no spreadsheet program writes one, and entities live there.
 */
export async function* streamXml<Gathered>(
  part: AsyncIterable<Uint8Array>,
  name: string,
  listener: XmlListener,
  afterPortion: () => Gathered | undefined,
): AsyncIterable<Gathered> {
  const parser = new SaxesParser({ xmlns: false, position: false })
  let depth = 0
  parser.on('error', (error) => {
    throw new StopReading('damaged', { found: `${name}: ${error.message}` })
  })
  parser.on('doctype', () => {
    throw new StopReading('unsafe', { found: `${name}: document type` })
  })
  parser.on('opentag', (tag) => {
    depth += 1
    if (depth > deepest) throw new StopReading('too-much-inside', { limit: deepest, found: name })
    listener.open(withoutPrefix(tag.name), tag.attributes)
  })
  parser.on('closetag', (tag) => {
    depth -= 1
    listener.close?.(withoutPrefix(tag.name))
  })
  if (listener.text) {
    const text = listener.text.bind(listener)
    parser.on('text', text)
    parser.on('cdata', text)
  }
  let decoder: TextDecoder | undefined
  for await (const portion of part) {
    decoder ??= decoderFor(portion)
    const text = decodePortion(decoder, portion, name)
    if (text !== '') parser.write(text)
    const gathered = afterPortion()
    if (gathered !== undefined) yield gathered
  }
  const rest = decodePortion(decoder ?? new TextDecoder(), undefined, name)
  if (rest !== '') parser.write(rest)
  parser.close()
  const gathered = afterPortion()
  if (gathered !== undefined) yield gathered
}

/** Reads a part to its end, where nothing is given out on the way. */
export async function readXml(
  part: AsyncIterable<Uint8Array>,
  name: string,
  listener: XmlListener,
): Promise<void> {
  for await (const _ of streamXml(part, name, listener, () => undefined));
}

function withoutPrefix(name: string): string {
  const at = name.indexOf(':')
  return at < 0 ? name : name.slice(at + 1)
}

/** XML is UTF-8, or UTF-16 by its byte order mark. */
function decoderFor(portion: Uint8Array): TextDecoder {
  const [first, second] = portion
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le', { fatal: true })
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be', { fatal: true })
  return new TextDecoder('utf-8', { fatal: true })
}

function decodePortion(decoder: TextDecoder, portion: Uint8Array | undefined, name: string): string {
  try {
    return portion ? decoder.decode(portion, { stream: true }) : decoder.decode()
  } catch {
    throw new StopReading('damaged', { found: `${name}: letters` })
  }
}
