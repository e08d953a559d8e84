import type { ProfileId } from '../document-model.ts'
import { getProfile } from '../layout-profiles.ts'
import type { LayoutProfile } from '../profiles/layout-profile.ts'
import { checkPage, formatMm } from './check-page.ts'
import { checkBody, checkParts } from './check-parts.ts'
import { joinFindings, type LayoutFinding, type SingleFinding } from './layout-finding.ts'
import { LayoutReader, type ReadBlock, type ReadParagraph, type ReadTable } from './read-layout.ts'
import { recogniseParts } from './recognise-parts.ts'
import {
  childOf,
  descendantsOf,
  numberInTwips,
  openWordFile,
  type WordFileRefusal,
  type XmlNode,
} from './word-file.ts'

export type LayoutCheck =
  | { readonly ok: true; readonly findings: readonly LayoutFinding[] }
  | { readonly ok: false; readonly reason: WordFileRefusal }

/**
 * Reads a Word file back and says where it doesn't follow a profile: paper, margins, page numbers, font, the
 * parts of head and signature, running text, tables. Parts are found by what they say and where they stand, so
 * that papers made elsewhere can be checked too. An empty list means that none of these rules is broken, not
 * that the paper is right in every respect.
 */
export function checkLayout(bytes: Uint8Array, profileId: ProfileId): LayoutCheck {
  const file = openWordFile(bytes)
  if (!file.ok) return file
  const body = childOf(file.part('word/document.xml'), 'w:body')
  if (!body) return { ok: false, reason: 'not-a-word-file' }
  const profile = getProfile(profileId)
  const reader = new LayoutReader(file.part('word/styles.xml'))
  const blocks = reader.readBlocks(body)
  // An annex has a manner of its own: what follows the first section's end is looked at for its font only.
  const main = blocks.slice(0, mainLength(body))
  const document = recogniseParts(main, profile)
  return {
    ok: true,
    findings: joinFindings([
      ...checkPage(file, body, reader, profile),
      ...checkFont(blocks, profile),
      ...checkParts(document, profile),
      ...checkBody(document, profile),
      ...document.tables.flatMap((table) => checkTable(table, textMmOf(body), profile)),
    ]),
  }
}

/** How many blocks stand before the end of the first section. */
function mainLength(body: XmlNode): number {
  const blocks = body.children.filter((child) => ['w:p', 'w:tbl', 'w:sdt'].includes(child.name))
  const end = blocks.findIndex(
    (block) => block.name === 'w:p' && childOf(childOf(block, 'w:pPr'), 'w:sectPr'),
  )
  return end < 0 ? blocks.length : end + 1
}

function paragraphsOf(blocks: readonly ReadBlock[]): ReadParagraph[] {
  return blocks.flatMap((block) =>
    block.kind === 'paragraph' ? [block.paragraph] : block.table.rows.flatMap((row) => row.cells.flat()),
  )
}

/** One finding a foreign font, at its first place. */
function checkFont(blocks: readonly ReadBlock[], { font }: LayoutProfile): SingleFinding[] {
  const allowed = [font.value.family, ...font.value.substitutes]
  const foreign = new Map<string, string>()
  for (const run of paragraphsOf(blocks).flatMap((paragraph) => paragraph.runs)) {
    if (!run.text.trim() || allowed.includes(run.font) || foreign.has(run.font)) continue
    foreign.set(run.font, run.text.trim().slice(0, 60))
  }
  return Array.from(foreign, ([name, at]) => ({
    rule: 'font',
    expected: font.value.family,
    found: name,
    at,
    source: font.source,
    confirmed: font.confirmed,
  }))
}

function textMmOf(body: XmlNode): number {
  const section = descendantsOf(body, 'w:sectPr')[0]
  const margins = childOf(section, 'w:pgMar')
  const twips =
    numberInTwips(childOf(section, 'w:pgSz'), 'w:w') -
    numberInTwips(margins, 'w:left') -
    numberInTwips(margins, 'w:right')
  return (twips * 25.4) / 1440
}

function checkTable(table: ReadTable, textMm: number, { tables }: LayoutProfile): SingleFinding[] {
  const at = table.rows[0]?.cells[0]?.[0]?.text.slice(0, 60) ?? ''
  const base = { at, source: tables.source, confirmed: tables.confirmed }
  return [
    ...(table.widthMm > textMm + 1
      ? [
          {
            rule: 'table-width' as const,
            expected: `≤ ${formatMm(textMm)}`,
            found: formatMm(table.widthMm),
            ...base,
          },
        ]
      : []),
    // Six rows and more may meet the end of a page wherever they stand.
    ...(table.rows.length > 5 && !table.rows[0]?.repeats
      ? [{ rule: 'table-header' as const, expected: '✓', found: '✗', ...base }]
      : []),
  ]
}
