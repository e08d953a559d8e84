import type { Block, OfficialDocument, Signature } from '@trienkhai/official-document/document-model.ts'
import { profileFor } from '@trienkhai/official-document/layout-profiles.ts'
import { type CivilDate, parseIsoDate, partsOf } from '@trienkhai/vietnamese/civil-date.ts'
import { fold } from '@trienkhai/vietnamese/fold.ts'
import type { PaperContent, PaperIssue, PaperKind, PaperSection, PaperTable } from './schema.ts'
import { textOfLine } from './written-words.ts'

/** What a section that the officer has not written yet prints: room to write by hand or in Word. */
const unwritten = '…'

/** A heading's own words stand below it in sections of the next level. */
const hasPartsBelow = (section: PaperSection, next: PaperSection | undefined): boolean =>
  section.level === 1 && next?.level === 2 && next.heading !== null

/** The sections that are in the paper, each with whether it still waits for words. */
export function sectionsShown(content: PaperContent): { section: PaperSection; isUnwritten: boolean }[] {
  const shown = content.sections.filter(({ omitted }) => !omitted)
  return shown.map((section, at) => ({
    section,
    isUnwritten:
      section.heading !== null &&
      section.lines.length === 0 &&
      !(section.table && !section.table.annex) &&
      !hasPartsBelow(section, shown[at + 1]),
  }))
}

/**
 * The paper as a document to be set: in the layout that was compared with its original, number and day left blank
 * until it is issued. The numbers are those of the content, so that page and file agree.
 */
export function officialPaper(
  content: PaperContent,
  figuresOn: CivilDate,
  issue?: Pick<PaperIssue, 'number' | 'issuedOn'> | null,
): OfficialDocument {
  const { head, signature } = content
  const { year, month } = partsOf(figuresOn)
  const issuedOn = issue ? parseIsoDate(issue.issuedOn) : undefined
  const shown = sectionsShown(content)
  const annexes = shown.flatMap(({ section }) => (section.table?.annex ? [section.table] : []))
  return {
    profile: profileFor(head.system, figuresOn, { onlyConfirmed: true }).id,
    ...(head.superior.length > 0 ? { superior: head.superior } : {}),
    issuer: head.issuer,
    number: { value: issue?.number ?? null, sign: head.sign },
    place: head.place,
    date: issuedOn ?? { year, month },
    kind: head.kind,
    subject: head.subject,
    ...(head.addressees.names.length > 0 ? { addressees: { names: head.addressees.names } } : {}),
    body: shown.flatMap(({ section, isUnwritten }) => blocksOf(section, isUnwritten)),
    recipients: content.recipients,
    signatures: [signatureBlock(signature)],
    ...(annexes.length > 0
      ? {
          annexes: annexes.map((table, at) => ({
            label: annexes.length > 1 ? `${annexLabel} ${at + 1}` : annexLabel,
            title: annexTitles[table.key],
            note: `kèm theo ${head.kind ?? 'Công văn'} của ${head.issuer.join(' ')}`,
            body: tableBlocks(table),
          })),
        }
      : {}),
  }
}

export const annexLabel = 'Phụ lục'

/** What an annex with a table is headed by. */
export const annexTitles: Record<PaperTable['key'], string> = {
  tasks: 'Kết quả theo từng nhiệm vụ',
  'late-work': 'Danh sách đơn vị còn việc quá hạn',
  obstacles: 'Khó khăn, vướng mắc của các đơn vị',
}

function signatureBlock({ authority, position, name }: PaperContent['signature']): Signature {
  return { ...(authority ? { authority } : {}), position: position ? [position] : [], name }
}

function blocksOf(section: PaperSection, isUnwritten: boolean): Block[] {
  return [
    ...(section.heading === null
      ? []
      : [{ kind: 'heading' as const, level: section.level, text: section.heading }]),
    ...section.lines.map(
      (line): Block =>
        line.bullet
          ? { kind: 'bullet', mark: '-', text: textOfLine({ ...line, bullet: false }) }
          : { kind: 'paragraph', text: textOfLine(line) },
    ),
    ...(isUnwritten ? [{ kind: 'paragraph' as const, text: unwritten }] : []),
    ...(section.table && !section.table.annex ? tableBlocks(section.table) : []),
  ]
}

function tableBlocks(table: PaperTable): Block[] {
  return [
    {
      kind: 'table',
      columns: table.columns.map(({ width, align }) => ({ width, align })),
      header: [{ cells: table.columns.map(({ title }) => title) }],
      rows: table.rows.map((row) => ({ cells: row.map(({ text }) => text) })),
    },
    ...(table.more > 0
      ? [{ kind: 'paragraph' as const, text: `… và ${table.more} trường hợp khác, theo dõi trên hệ thống.` }]
      : []),
  ]
}

/** `bao-cao-ket-qua-hoc-tap-chuyen-de.docx`: letters that any system and any mail program keeps. */
export function fileNameOf(kind: PaperKind, plan: { number: string | null; subject: string }): string {
  const words = `${kind === 'report' ? 'bao cao ket qua' : 'cong van don doc'} ${plan.number ?? ''} ${plan.subject}`
  const slug = fold(words)
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-|-$/gu, '')
  return `${slug.slice(0, 90).replace(/-$/u, '')}.docx`
}

/** How the list names a paper: `Báo cáo kết quả thực hiện …`, `Đôn đốc thực hiện …`. */
export function titleOf({ head }: PaperContent): string {
  return [head.kind, head.subject.replaceAll('\n', ' ')].filter(Boolean).join(' ')
}
