import type { LayoutProfile, PartId, PartRule } from '../profiles/layout-profile.ts'
import { measureText } from '../text-width.ts'
import { formatDecimal, formatMm, formatRange, toleranceMm } from './check-page.ts'
import type { SingleFinding } from './layout-finding.ts'
import type { ReadParagraph, ReadRun } from './read-layout.ts'
import type { RecognisedDocument } from './recognise-parts.ts'

const textAt = (paragraph: ReadParagraph): string => paragraph.text.trim().slice(0, 60)

/** Each recognised part against its rule, and the forms of number, date, recipients. */
export function checkParts(document: RecognisedDocument, profile: LayoutProfile): SingleFinding[] {
  return [
    ...findMissing(document, profile),
    ...document.parts.flatMap(({ part, paragraph }) => checkFace(part, paragraph, profile.parts[part])),
    ...checkTitleRule(document, profile),
    ...checkForms(document, profile),
    ...checkRecipients(document, profile),
  ]
}

function findMissing({ parts }: RecognisedDocument, profile: LayoutProfile): SingleFinding[] {
  const isLetter = !parts.some(({ part }) => part === 'kind')
  const needed: PartId[] = [
    ...profile.head.value.titleLines.map(({ part }) => part),
    'issuer',
    ...(profile.head.value.issuerMark === '*' ? (['issuerMark'] as const) : []),
    'number',
    'placeAndDate',
    ...(isLetter ? (['letterSubject'] as const) : (['subject'] as const)),
    ...(!isLetter && profile.subjectMark.value === '-----' ? (['subjectMark'] as const) : []),
    'signatory',
    'recipient',
  ]
  return needed
    .filter((part) => !parts.some((found) => found.part === part))
    .map((part) => ({
      rule: 'missing-part',
      part,
      expected: '1',
      found: '0',
      at: '',
      source: profile.parts[part].source,
      confirmed: profile.parts[part].confirmed,
    }))
}

const inked = (paragraph: ReadParagraph): ReadRun[] =>
  paragraph.runs.filter((run) => /[\p{L}\p{N}*-]/u.test(run.text))

/** Size and face of a part's runs; one finding a fault, however many runs have it. */
export function checkFace(part: PartId, paragraph: ReadParagraph, rule: PartRule): SingleFinding[] {
  const runs = inked(paragraph)
  const base = { part, at: textAt(paragraph), source: rule.source, confirmed: rule.confirmed }
  const findings: SingleFinding[] = []
  const { min, max } = rule.sizePt
  const wrongSize = runs.find((run) => run.sizePt < min || (max !== null && run.sizePt > max))
  if (wrongSize) {
    findings.push({
      rule: 'size',
      expected: formatRange(rule.sizePt, 'pt'),
      found: `${formatDecimal(wrongSize.sizePt)} pt`,
      ...base,
    })
  }
  for (const face of ['bold', 'italic', 'underline'] as const) {
    if (runs.some((run) => run[face] !== rule[face])) {
      findings.push({
        rule: face,
        expected: rule[face] ? '✓' : '✗',
        found: rule[face] ? '✗' : '✓',
        ...base,
      })
    }
  }
  if (rule.upperCase && paragraph.text !== paragraph.text.toLocaleUpperCase('vi')) {
    findings.push({
      rule: 'upper-case',
      expected: paragraph.text.trim().toLocaleUpperCase('vi'),
      found: paragraph.text.trim(),
      ...base,
    })
  }
  if (rule.align === 'centre' && paragraph.align !== 'centre') {
    findings.push({ rule: 'alignment', expected: rule.align, found: paragraph.align, ...base })
  }
  return findings
}

/** The rule under the title must be as long as the title's text, within a millimetre. */
function checkTitleRule({ titleRule }: RecognisedDocument, profile: LayoutProfile): SingleFinding[] {
  if (!titleRule) return []
  const { title, rule } = titleRule
  const textMm = title.runs.reduce(
    (sum, run) => sum + (measureText(run.text, run.sizePt, run.bold ? 'bold' : 'regular') * 25.4) / 72,
    0,
  )
  const base = { at: textAt(title), source: profile.head.source, confirmed: profile.head.confirmed }
  if (!rule || rule.cellMm === null) {
    return [{ rule: 'rule-length', expected: formatMm(textMm), found: '–', ...base }]
  }
  const ruleMm = rule.cellMm - rule.leftMm - rule.rightMm
  return Math.abs(ruleMm - textMm) <= 1
    ? []
    : [{ rule: 'rule-length', expected: formatMm(textMm), found: formatMm(ruleMm), ...base }]
}

function checkForms({ parts }: RecognisedDocument, profile: LayoutProfile): SingleFinding[] {
  const { prefix, joiner } = profile.number.value
  const sign = '\\p{Lu}[\\p{L}\\d]*(?:[-/]\\p{Lu}[\\p{L}\\d]*)*'
  const label = prefix.trimEnd()
  // Blank, or two digits and more, with a letter at most (12a): a single digit takes its zero.
  const form = new RegExp(`^${label}\\s*(?:\\d{2,}\\p{Ll}?)?\\s*${joiner}${sign}$`, 'u')
  const date =
    /^[^,]+,\s*ngày\s*(?:0[1-9]|[12]\d|3[01])?\s*tháng\s*(?:0[12]|[3-9]|1[0-2])?\s*năm\s*(?:\d{4})?$/u
  return parts.flatMap(({ part, paragraph }): SingleFinding[] => {
    const text = paragraph.text.trim()
    if (part === 'number' && !form.test(text)) {
      const { source, confirmed } = profile.number
      return [
        {
          rule: 'number-form',
          part,
          expected: `${prefix}12${joiner}…`,
          found: text,
          at: text,
          source,
          confirmed,
        },
      ]
    }
    if (part === 'placeAndDate' && !date.test(text)) {
      const { source, confirmed } = profile.parts.placeAndDate
      return [
        {
          rule: 'date-form',
          part,
          expected: '…, ngày 09 tháng 4 năm 2026',
          found: text,
          at: text,
          source,
          confirmed,
        },
      ]
    }
    return []
  })
}

function checkRecipients({ parts }: RecognisedDocument, profile: LayoutProfile): SingleFinding[] {
  const lines = parts.filter(({ part }) => part === 'recipient').map(({ paragraph }) => paragraph)
  const { separator } = profile.recipients.value
  return lines.flatMap((line, index) => {
    const expected = index === lines.length - 1 ? '.' : separator
    const found = line.text.trimEnd().at(-1) ?? ''
    if (found === expected) return []
    const { source, confirmed } = profile.recipients
    return [
      {
        rule: 'recipient-marks' as const,
        part: 'recipient' as const,
        expected,
        found,
        at: textAt(line),
        source,
        confirmed,
      },
    ]
  })
}

/** Running text: alignment, size, first line, gap, line; and the font everywhere. */
export function checkBody({ body }: RecognisedDocument, profile: LayoutProfile): SingleFinding[] {
  return body.flatMap((paragraph) => {
    // Centred and right-aligned lines in the text (articles' titles, quotations) have their own manner.
    if (paragraph.align === 'centre' || paragraph.align === 'right') return []
    return checkRunningParagraph(paragraph, profile)
  })
}

function checkRunningParagraph(paragraph: ReadParagraph, profile: LayoutProfile): SingleFinding[] {
  const rule = profile.parts.body
  const { firstLineMm, gapPt, line } = profile.paragraph.value
  const base = {
    part: 'body' as const,
    at: textAt(paragraph),
    source: rule.source,
    confirmed: rule.confirmed,
  }
  const ofParagraph = { ...base, source: profile.paragraph.source, confirmed: profile.paragraph.confirmed }
  const findings: SingleFinding[] = []
  const { min, max } = rule.sizePt
  const wrongSize = inked(paragraph).find((run) => run.sizePt < min || (max !== null && run.sizePt > max))
  if (wrongSize) {
    const found = `${formatDecimal(wrongSize.sizePt)} pt`
    findings.push({ rule: 'size', expected: formatRange(rule.sizePt, 'pt'), found, ...base })
  }
  if (paragraph.align !== 'justify') {
    findings.push({ rule: 'alignment', expected: 'justify', found: paragraph.align, ...base })
  }
  const first = paragraph.firstLineMm + paragraph.leftMm
  if (
    first < firstLineMm.min - toleranceMm ||
    (firstLineMm.max !== null && first > firstLineMm.max + toleranceMm)
  ) {
    findings.push({
      rule: 'first-line',
      expected: formatRange(firstLineMm, 'mm'),
      found: formatMm(first),
      ...ofParagraph,
    })
  }
  const gap = paragraph.beforePt + paragraph.afterPt
  if (gap < gapPt.min) {
    findings.push({
      rule: 'paragraph-gap',
      expected: formatRange(gapPt, 'pt'),
      found: `${formatDecimal(gap)} pt`,
      ...ofParagraph,
    })
  }
  const inPoints = paragraph.line.kind === 'lines' ? naturalLinePt(paragraph) : paragraph.line.value
  const value = line.kind === 'lines' ? inLines(paragraph) : inPoints
  const wrongKind = line.kind === 'exactly' && paragraph.line.kind !== 'exactly'
  // Lines set by Word's own measure come out a hair off a round number of points.
  const slack = line.kind === 'lines' ? 0.02 : 0.1
  if (wrongKind || value < line.min - slack || (line.max !== null && value > line.max + slack)) {
    const unit = line.kind === 'lines' ? '×' : 'pt'
    findings.push({
      rule: 'line-spacing',
      expected: `${line.kind === 'exactly' ? '= ' : ''}${formatRange(line, unit)}`,
      found: `${formatDecimal(value)} ${unit}`,
      ...ofParagraph,
    })
  }
  return findings
}

// Times New Roman's own line is 1.15 times its size.
const naturalLine = 1.15
const sizeOf = (paragraph: ReadParagraph): number => Math.max(1, ...inked(paragraph).map((run) => run.sizePt))

const naturalLinePt = (paragraph: ReadParagraph): number =>
  paragraph.line.value * naturalLine * sizeOf(paragraph)

const inLines = (paragraph: ReadParagraph): number =>
  paragraph.line.kind === 'lines'
    ? paragraph.line.value
    : paragraph.line.value / (naturalLine * sizeOf(paragraph))
