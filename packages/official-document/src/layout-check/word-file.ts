import { strFromU8, unzipSync } from 'fflate'
import { SaxesParser } from 'saxes'

/** An element of a Word file's XML: names and attributes with their prefix (`w:p`, `w:val`). */
export interface XmlNode {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: XmlNode[]
  /** The text directly inside. */
  text: string
}

export type WordFileRefusal = 'not-a-word-file' | 'too-big' | 'broken-xml'

export type WordFile =
  | {
      readonly ok: true
      readonly part: (path: string) => XmlNode | undefined
      readonly paths: readonly string[]
    }
  | { readonly ok: false; readonly reason: WordFileRefusal }

const maxFileBytes = 50_000_000
const maxPartBytes = 30_000_000
const maxElements = 2_000_000
const maxDepth = 500
const wantedPart =
  /^word\/(?:document|styles|settings|header\d*|footer\d*)\.xml$|^word\/_rels\/document\.xml\.rels$/

/**
 * Opens a DOCX for looking at: only the parts that layout stands in, each bounded. Entities are never fetched
 * or expanded (the parser knows the five of XML only).
 */
export function openWordFile(bytes: Uint8Array): WordFile {
  if (bytes.length > maxFileBytes) return { ok: false, reason: 'too-big' }
  let tooBig = false
  let entries: Record<string, Uint8Array>
  try {
    entries = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!wantedPart.test(name)) return false
        if (originalSize > maxPartBytes) tooBig = true
        return !tooBig
      },
    })
  } catch {
    return { ok: false, reason: 'not-a-word-file' }
  }
  if (tooBig) return { ok: false, reason: 'too-big' }
  if (!entries['word/document.xml']) return { ok: false, reason: 'not-a-word-file' }
  const parts = new Map<string, XmlNode>()
  for (const [path, content] of Object.entries(entries)) {
    const root = parseXml(strFromU8(content))
    if (typeof root === 'string') return { ok: false, reason: root }
    parts.set(path, root)
  }
  return { ok: true, part: (path) => parts.get(path), paths: [...parts.keys()].sort() }
}

class TooBig extends Error {}

function parseXml(xml: string): XmlNode | 'broken-xml' | 'too-big' {
  const parser = new SaxesParser()
  const top: XmlNode = { name: '', attributes: {}, children: [], text: '' }
  const open: XmlNode[] = [top]
  let elements = 0
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    elements += 1
    if (elements > maxElements || open.length > maxDepth) throw new TooBig()
    const node: XmlNode = { name, attributes: { ...attributes }, children: [], text: '' }
    open.at(-1)?.children.push(node)
    open.push(node)
  })
  parser.on('text', (text) => {
    const node = open.at(-1)
    if (node) node.text += text
  })
  parser.on('closetag', () => {
    open.pop()
  })
  try {
    parser.write(xml).close()
  } catch (error) {
    return error instanceof TooBig ? 'too-big' : 'broken-xml'
  }
  return top.children[0] ?? 'broken-xml'
}

/** The first child of this name. */
export function childOf(node: XmlNode | undefined, name: string): XmlNode | undefined {
  return node?.children.find((child) => child.name === name)
}

/** Every descendant of this name, in order. */
export function descendantsOf(node: XmlNode, name: string): XmlNode[] {
  return node.children.flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...descendantsOf(child, name),
  ])
}

/** A length as written in an attribute, in twips; 0 where there is none. */
export function numberInTwips(node: XmlNode | undefined, attribute: string): number {
  const value = Number(node?.attributes[attribute] ?? 0)
  return Number.isFinite(value) ? value : 0
}
