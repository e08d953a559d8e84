import type { Limits } from './limits.ts'
import { type Refusal, refuse } from './refusal.ts'
import { streamXml } from './xml-stream.ts'
import type { ZipPackage } from './zip-package.ts'

/** Where a package keeps what is read of it. */
export interface DocxParts {
  document: string
  styles?: string
  numbering?: string
  footnotes?: string
  endnotes?: string
  /** Any part by its relation id, for headers and footers. */
  related: Map<string, string>
}

interface Relation {
  id: string
  /** The last word of its type: `styles`, `officeDocument`. */
  kind: string
  target: string
}

/**
 * Finds a Word document's parts by its relations, not by their usual names: SharePoint calls the body
 * `document2.xml`. Where the zip is something else, it says what. Throws {@link StopReading}.
 */
export function findDocxParts(zip: ZipPackage, limits: Limits): DocxParts | Refusal {
  const root = readRelations(zip, '_rels/.rels', '', limits)
  const document =
    root.find((relation) => relation.kind === 'officeDocument')?.target ??
    (zip.has('word/document.xml') ? 'word/document.xml' : undefined)
  if (document === undefined || !zip.has(document) || !isWord(document, zip, limits)) return nameOther(zip)
  const slash = document.lastIndexOf('/') + 1
  const folder = document.slice(0, slash)
  const relations = readRelations(zip, `${folder}_rels/${document.slice(slash)}.rels`, folder, limits)
  const parts: DocxParts = { document, related: new Map(relations.map(({ id, target }) => [id, target])) }
  for (const kind of ['styles', 'numbering', 'footnotes', 'endnotes'] as const) {
    const usual = `${folder}${kind}.xml`
    const name =
      relations.find((relation) => relation.kind === kind)?.target ?? (zip.has(usual) ? usual : undefined)
    if (name !== undefined) parts[kind] = name
  }
  return parts
}

/** The body's own content type where the package names one; a package that names none is judged by its folder. */
function isWord(document: string, zip: ZipPackage, limits: Limits): boolean {
  const part = zip.read('[Content_Types].xml')
  if (!part) return document.startsWith('word/')
  let type: string | undefined
  streamXml(part, '[Content_Types].xml', limits, {
    open(name, { PartName: part, ContentType: contentType }) {
      if (name === 'Override' && part === `/${document}`) type = contentType
    },
  })
  return type === undefined ? document.startsWith('word/') : /word/i.test(type)
}

function readRelations(zip: ZipPackage, name: string, folder: string, limits: Limits): Relation[] {
  const part = zip.read(name)
  const relations: Relation[] = []
  if (!part) return relations
  streamXml(part, name, limits, {
    open(element, attributes) {
      const { Id: id, Type: type, Target: target, TargetMode: mode } = attributes
      // A target outside the package (a linked template, a picture on the web) is never followed.
      if (element !== 'Relationship' || mode === 'External') return
      if (id === undefined || type === undefined || target === undefined) return
      relations.push({
        id,
        kind: type.slice(type.lastIndexOf('/') + 1),
        target: resolveTarget(folder, target),
      })
    },
  })
  return relations
}

/** A target is relative to the part's folder or, with a slash, to the package; it is looked up in the zip only. */
function resolveTarget(folder: string, target: string): string {
  const path: string[] = []
  for (const step of (target.startsWith('/') ? target : folder + target).split('/'))
    if (step === '..') path.pop()
    else if (step !== '' && step !== '.') path.push(step)
  return path.join('/')
}

/** What a zip is that holds no Word document. */
function nameOther(zip: ZipPackage): Refusal {
  if (zip.names.some((name) => name.startsWith('xl/'))) return refuse('spreadsheet')
  if (zip.names.some((name) => name.startsWith('ppt/'))) return refuse('presentation')
  if (zip.has('content.xml') && (zip.has('mimetype') || zip.has('META-INF/manifest.xml')))
    return refuse('open-document')
  if (zip.names.some((name) => name.endsWith('vbaProject.bin'))) return refuse('macros-only')
  if (zip.has('[Content_Types].xml') || zip.names.some((name) => name.startsWith('word/')))
    return refuse('damaged', { found: 'package without a document' })
  return refuse('archive')
}
