import type { LayoutProfile, Range } from '../profiles/layout-profile.ts'
import type { SingleFinding } from './layout-finding.ts'
import { type LayoutReader, numberOf } from './read-layout.ts'
import { childOf, descendantsOf, type WordFile, type XmlNode } from './word-file.ts'

const twipsPerMm = 1440 / 25.4
/** Word rounds to tenths of a millimetre and older files to inches: closer than this is the same. */
export const toleranceMm = 0.5

export const formatMm = (value: number): string => `${formatDecimal(value)} mm`
export const formatDecimal = (value: number): string => String(Math.round(value * 10) / 10).replace('.', ',')

export function formatRange({ min, max }: Pick<Range, 'min' | 'max'>, unit: string): string {
  if (max === null) return `≥ ${formatDecimal(min)} ${unit}`
  return min === max ? `${formatDecimal(min)} ${unit}` : `${formatDecimal(min)}–${formatDecimal(max)} ${unit}`
}

type OpenFile = Extract<WordFile, { ok: true }>

/** Paper, margins and page numbers of the first section (annexes may lie on a wide page). */
export function checkPage(
  file: OpenFile,
  body: XmlNode,
  reader: LayoutReader,
  profile: LayoutProfile,
): SingleFinding[] {
  const section = descendantsOf(body, 'w:sectPr')[0]
  return [
    ...checkPaper(section, profile),
    ...checkMargins(file, section, profile),
    ...checkPageNumbers(file, section, reader, profile),
  ]
}

const of = (rule: { source: string; confirmed: boolean }) => ({
  at: '',
  source: rule.source,
  confirmed: rule.confirmed,
})

function checkPaper(section: XmlNode | undefined, { page }: LayoutProfile): SingleFinding[] {
  const size = childOf(section, 'w:pgSz')
  const sides = [numberOf(size, 'w:w') ?? 0, numberOf(size, 'w:h') ?? 0].map((twips) => twips / twipsPerMm)
  const wanted = [page.value.widthMm, page.value.heightMm]
  const same = sides.every((side, index) => Math.abs(side - (wanted[index] ?? 0)) <= toleranceMm)
  if (same) return []
  const print = (values: readonly number[]) => values.map((value) => Math.round(value)).join(' × ')
  return [{ rule: 'page-size', expected: `${print(wanted)} mm`, found: `${print(sides)} mm`, ...of(page) }]
}

function checkMargins(
  file: OpenFile,
  section: XmlNode | undefined,
  { margins }: LayoutProfile,
): SingleFinding[] {
  const given = childOf(section, 'w:pgMar')
  const sides: [string, Range][] = [
    ['w:top', margins.value.topMm],
    ['w:bottom', margins.value.bottomMm],
    ['w:left', margins.value.innerMm],
    ['w:right', margins.value.outerMm],
  ]
  const names: Record<string, string> = { 'w:top': '↑', 'w:bottom': '↓', 'w:left': '←', 'w:right': '→' }
  const findings = sides.flatMap(([side, range]): SingleFinding[] => {
    const value = (numberOf(given, side) ?? 0) / twipsPerMm
    const tooSmall = value < range.min - toleranceMm
    const tooLarge = range.max !== null && value > range.max + toleranceMm
    if (!tooSmall && !tooLarge) return []
    return [
      {
        rule: 'margins',
        expected: `${names[side]} ${formatRange(range, 'mm')}`,
        found: `${names[side]} ${formatMm(value)}`,
        ...of(margins),
      },
    ]
  })
  const mirrored = childOf(file.part('word/settings.xml'), 'w:mirrorMargins') !== undefined
  if (margins.value.mirrored && !mirrored) {
    findings.push({ rule: 'mirrored-margins', expected: '↔', found: '–', ...of(margins) })
  }
  return findings
}

function checkPageNumbers(
  file: OpenFile,
  section: XmlNode | undefined,
  reader: LayoutReader,
  { pageNumber }: LayoutProfile,
): SingleFinding[] {
  const rule = of(pageNumber)
  const headers = new Map(
    (section?.children ?? [])
      .filter((child) => child.name === 'w:headerReference')
      .map((reference) => [reference.attributes['w:type'] ?? 'default', headerOf(file, reference)]),
  )
  const numberIn = (type: string) => {
    const header = headers.get(type)
    return header
      ? reader
          .readBlocks(header)
          .flatMap((block) => (block.kind === 'paragraph' ? [block.paragraph] : []))
          .find((paragraph) => paragraph.hasPageNumber)
      : undefined
  }
  const number = numberIn('default')
  const expected = formatRange(pageNumber.value.sizePt, 'pt')
  if (!number) return [{ rule: 'page-number', expected, found: '–', ...rule }]
  const findings: SingleFinding[] = []
  const size = Math.max(...number.runs.map((run) => run.sizePt))
  const { min, max } = pageNumber.value.sizePt
  if (size < min || (max !== null && size > max)) {
    findings.push({ rule: 'page-number', expected, found: `${formatDecimal(size)} pt`, ...rule })
  }
  const fromTop = (numberOf(childOf(section, 'w:pgMar'), 'w:header') ?? 0) / twipsPerMm
  if (number.align !== 'centre' || Math.abs(fromTop - pageNumber.value.fromTopMm) > toleranceMm) {
    findings.push({
      rule: 'page-number-place',
      expected: formatMm(pageNumber.value.fromTopMm),
      found: formatMm(fromTop),
      ...rule,
    })
  }
  const firstDiffers = childOf(section, 'w:titlePg') !== undefined
  if (!pageNumber.value.onFirstPage && (!firstDiffers || numberIn('first'))) {
    findings.push({ rule: 'page-number-on-first-page', expected: '–', found: '1', ...rule })
  }
  return findings
}

function headerOf(file: OpenFile, reference: XmlNode): XmlNode | undefined {
  const relation = file
    .part('word/_rels/document.xml.rels')
    ?.children.find((each) => attributeOf(each, 'Id') === reference.attributes['r:id'])
  const target = attributeOf(relation, 'Target')
  return target === undefined ? undefined : file.part(`word/${target.replace(/^\/word\//, '')}`)
}

const attributeOf = (node: XmlNode | undefined, name: string): string | undefined => node?.attributes[name]
