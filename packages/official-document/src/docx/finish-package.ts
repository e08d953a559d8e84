import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from 'fflate'

/** What a reader of the file's properties is told. */
export interface FileFacts {
  readonly title: string
  /** The issuing office; never a person. */
  readonly office: string
  /** The document's day (`2026-11-23`); null while it is blank. */
  readonly day: string | null
  readonly mirrorMargins: boolean
}

// The oldest moment that a ZIP can hold; the packer's own clock would make every file different.
const fixedTime = new Date(1980, 0, 1)

/**
 * Makes the packed file independent of when and by whom it was made: properties and times of our own, entries
 * in a fixed order. Adds what the packer has no option for (mirrored margins, a low last line of a section).
 */
export function finishPackage(packed: Uint8Array, facts: FileFacts): Uint8Array {
  const parts = unzipSync(packed)
  const edit = (path: string, change: (xml: string) => string): void => {
    const part = parts[path]
    if (!part) throw new Error(`the packed document has no ${path}`)
    parts[path] = strToU8(change(strFromU8(part)))
  }
  parts['docProps/core.xml'] = strToU8(coreProperties(facts))
  parts['docProps/app.xml'] = strToU8(appProperties(facts))
  if (facts.mirrorMargins) {
    edit('word/settings.xml', (xml) =>
      insertAfter(xml, /<w:displayBackgroundShape[^>]*\/>/, '<w:mirrorMargins/>'),
    )
  }
  // The packer ends a section with an empty paragraph of full height, which can spill onto a blank page.
  edit('word/document.xml', (xml) =>
    holdDocumentNumbers(xml).replaceAll(
      '<w:p><w:pPr><w:sectPr',
      '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/><w:sectPr',
    ),
  )
  const ordered: Zippable = {}
  // Readers look for the content types first.
  const first = '[Content_Types].xml'
  const paths = Object.keys(parts).filter((path) => path !== first && !path.endsWith('/'))
  for (const path of [first, ...paths.sort()]) {
    const part = parts[path]
    if (part) ordered[path] = [part, { mtime: fixedTime, level: 6 }]
  }
  return zipSync(ordered)
}

const writtenText = /(<w:t(?: [^>]*)?>)([^<]*)(?=<\/w:t>)/g
// `07-BC/ĐU`, `141/KH-UBND`, and a number still blank before its sign.
const documentNumber =
  /(?<![\p{L}\p{N}])(?:\d{1,5}|\u00A0{3,})[-/](?:\d{4}\/)?\p{Lu}[\p{L}\d.]*(?:[-/][\p{L}\d.]+)*/gu
const held = '</w:t><w:noBreakHyphen/><w:t xml:space="preserve">'

/**
 * Keeps a line from ending at the hyphen of a document's number, as Word does it: the letters stay what they
 * are, the hyphen is drawn as one that doesn't break. A tool that reads the file finds a hyphen there.
 */
export function holdDocumentNumbers(xml: string): string {
  return xml.replace(writtenText, (_, opening: string, text: string) => {
    const parted = text.replace(documentNumber, (number) => number.replaceAll('-', held))
    return (parted === text ? opening : '<w:t xml:space="preserve">') + parted
  })
}

function insertAfter(xml: string, mark: RegExp, addition: string): string {
  if (!mark.test(xml)) throw new Error('the packed settings are not in the expected form')
  return xml.replace(mark, (found) => found + addition)
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escapeXml = (text: string): string => text.replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign)

function coreProperties({ title, office, day }: FileFacts): string {
  const times = day
    ? ['created', 'modified']
        .map((name) => `<dcterms:${name} xsi:type="dcterms:W3CDTF">${day}T00:00:00Z</dcterms:${name}>`)
        .join('')
    : ''
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" ' +
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" ' +
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    `<dc:title>${escapeXml(title)}</dc:title><dc:creator>${escapeXml(office)}</dc:creator>` +
    `<dc:language>vi-VN</dc:language><cp:lastModifiedBy>${escapeXml(office)}</cp:lastModifiedBy>` +
    `<cp:revision>1</cp:revision>${times}</cp:coreProperties>`
  )
}

function appProperties({ office }: FileFacts): string {
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">' +
    `<Application>Microsoft Office Word</Application><Company>${escapeXml(office)}</Company>` +
    '<AppVersion>16.0000</AppVersion></Properties>'
  )
}
