import { strToU8, zipSync } from 'fflate'

/** What a test gives of a Word document: inner XML of each part, without the root elements. */
export interface DocxFixture {
  body: string
  styles?: string
  numbering?: string
  footnotes?: string
  /** By relation id: `{ rId9: '<w:p>…' }`. */
  headers?: Record<string, string>
  footers?: Record<string, string>
  /** More entries of the zip, or other bytes in place of those made here. */
  more?: Record<string, string | Uint8Array>
  /** Parts are kept as they are: what packs too well is refused before it is read. */
  isStored?: boolean
}

const word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const relations = 'http://schemas.openxmlformats.org/package/2006/relationships'
const declarations = [
  `xmlns:w="${word}"`,
  `xmlns:r="${office}"`,
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
  'xmlns:v="urn:schemas-microsoft-com:vml"',
  'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
].join(' ')
const prolog = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

const root = (name: string, inner: string) => `${prolog}<w:${name} ${declarations}>${inner}</w:${name}>`

/** A Word document as a zip, for tests: the parts given, and the relations between them. */
export function makeDocx(fixture: DocxFixture): Uint8Array {
  const related: string[] = []
  const parts: Record<string, string | Uint8Array> = {
    '_rels/.rels': `${prolog}<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/document.xml': root('document', `<w:body>${fixture.body}</w:body>`),
  }
  const relate = (id: string, kind: string, target: string) =>
    related.push(`<Relationship Id="${id}" Type="${office}/${kind}" Target="${target}"/>`)
  for (const kind of ['styles', 'numbering', 'footnotes'] as const) {
    const inner = fixture[kind]
    if (inner === undefined) continue
    parts[`word/${kind}.xml`] = root(kind, inner)
    relate(`rId-${kind}`, kind, `${kind}.xml`)
  }
  for (const [kind, pieces] of [
    ['header', fixture.headers],
    ['footer', fixture.footers],
  ] as const)
    for (const [id, inner] of Object.entries(pieces ?? {})) {
      parts[`word/${kind}-${id}.xml`] = root(kind === 'header' ? 'hdr' : 'ftr', inner)
      relate(id, kind, `${kind}-${id}.xml`)
    }
  parts['word/_rels/document.xml.rels'] =
    `${prolog}<Relationships xmlns="${relations}">${related.join('')}</Relationships>`
  return zipDocx({ ...parts, ...fixture.more }, fixture.isStored)
}

/** Entries as a zip. */
export function zipDocx(parts: Record<string, string | Uint8Array>, isStored = false): Uint8Array {
  const entries = Object.entries(parts).map(([name, part]) => [
    name,
    typeof part === 'string' ? strToU8(part) : part,
  ])
  return zipSync(Object.fromEntries(entries) as Record<string, Uint8Array>, {
    mtime: new Date(2026, 0, 2),
    level: isStored ? 0 : 6,
  })
}

/** A paragraph of one run; `properties` go into its `w:pPr`, `look` into the run's `w:rPr`. */
export function p(text: string, properties = '', look = ''): string {
  return `<w:p><w:pPr>${properties}</w:pPr>${r(text, look)}</w:p>`
}

/** A run. */
export function r(text: string, look = ''): string {
  return `<w:r><w:rPr>${look}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`
}

/** A table of rows of cells, each cell's XML given whole or as text. */
export function tbl(rows: string[][], properties = '', widths: number[] = []): string {
  const cell = (inner: string) =>
    inner.startsWith('<') ? `<w:tc>${inner}</w:tc>` : `<w:tc>${p(inner)}</w:tc>`
  const grid = widths.map((width) => `<w:gridCol w:w="${width}"/>`).join('')
  const lines = rows.map((row) => `<w:tr>${row.map(cell).join('')}</w:tr>`).join('')
  return `<w:tbl><w:tblPr>${properties}</w:tblPr><w:tblGrid>${grid}</w:tblGrid>${lines}</w:tbl>`
}

/** A list of the numbering part: its levels' formats and texts from level 0. */
export function list(id: number, levels: [format: string, text: string, more?: string][]): string {
  const inner = levels
    .map(
      ([format, text, more = ''], level) =>
        `<w:lvl w:ilvl="${level}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/>${more}</w:lvl>`,
    )
    .join('')
  return `<w:abstractNum w:abstractNumId="${id}">${inner}</w:abstractNum>`
}

/** A use of a list, with what it overrides. */
export function use(numId: number, listId: number, overrides = ''): string {
  return `<w:num w:numId="${numId}"><w:abstractNumId w:val="${listId}"/>${overrides}</w:num>`
}

/** The paragraph property that numbers it. */
export function num(numId: number, level = 0): string {
  return `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${numId}"/></w:numPr>`
}
