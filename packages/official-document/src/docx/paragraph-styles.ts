import {
  AlignmentType,
  type IIndentAttributesProperties,
  type IParagraphStyleOptions,
  type ISpacingProperties,
  type IStylesOptions,
  LineRuleType,
  UnderlineType,
} from 'docx'
import type { Alignment } from '../document-model.ts'
import type { PartId } from '../profiles/layout-profile.ts'
import type { Typesetting } from '../typesetting.ts'
import { mmToTwips, pointsToHalfPoints, pointsToTwips } from './measures.ts'

/**
 * Every part of a document is a paragraph style of its own, so that whoever edits the file in Word changes a
 * style, not a hundred paragraphs, and headings show in the navigation pane.
 */

export const alignments = {
  left: AlignmentType.LEFT,
  centre: AlignmentType.CENTER,
  right: AlignmentType.RIGHT,
  justify: AlignmentType.JUSTIFIED,
} as const satisfies Record<Alignment, string>

const styleNames: Record<PartId, string> = {
  nation: 'Quốc hiệu',
  motto: 'Tiêu ngữ',
  partyTitle: 'Tiêu đề Đảng',
  superior: 'Cơ quan cấp trên',
  issuer: 'Cơ quan ban hành',
  issuerMark: 'Dấu sao',
  number: 'Số và ký hiệu',
  letterSubject: 'Trích yếu công văn',
  urgency: 'Mức độ khẩn',
  draft: 'Dự thảo',
  placeAndDate: 'Địa danh và ngày tháng',
  kind: 'Tên loại văn bản',
  subject: 'Trích yếu',
  subjectMark: 'Gạch dưới trích yếu',
  addresseeLabel: 'Kính gửi',
  addressee: 'Nơi gửi',
  basis: 'Căn cứ',
  body: 'Nội dung',
  divisionLabel: 'Phần, chương, mục',
  divisionTitle: 'Tên phần, chương, mục',
  heading1: 'heading 1',
  heading2: 'heading 2',
  heading3: 'heading 3',
  heading4: 'heading 4',
  tableHeader: 'Đầu bảng',
  tableCell: 'Ô bảng',
  authority: 'Quyền hạn',
  position: 'Chức vụ',
  signatory: 'Người ký',
  recipientsLabel: 'Nơi nhận',
  recipient: 'Danh sách nơi nhận',
  typistMark: 'Ký hiệu người đánh máy',
  contactLine: 'Thông tin liên hệ',
  annexLabel: 'Phụ lục',
  annexTitle: 'Tên phụ lục',
  annexNote: 'Chỉ dẫn kèm theo',
}

const outlineLevels: Partial<Record<PartId, number>> = {
  divisionLabel: 0,
  annexLabel: 0,
  heading1: 0,
  heading2: 1,
  heading3: 2,
  heading4: 3,
}

const runningParts: ReadonlySet<PartId> = new Set<PartId>([
  'basis',
  'body',
  'heading1',
  'heading2',
  'heading3',
  'heading4',
])
const partsKeptWithNext: ReadonlySet<PartId> = new Set<PartId>([
  'divisionLabel',
  'divisionTitle',
  'heading1',
  'heading2',
  'heading3',
  'heading4',
  'kind',
  'annexLabel',
  'annexTitle',
])

/** The id under which a part's style stands in the file; headings take Word's own. */
export function styleOf(part: PartId): string {
  const heading = /^heading(\d)$/.exec(part)
  return heading ? `Heading${heading[1]}` : part
}

/** The style of the rules: a paragraph of 3 pt whose lower border is the rule. */
export const ruleStyle = 'headRule'

export function lineSpacing({ line }: Typesetting): ISpacingProperties {
  return line.kind === 'lines'
    ? { line: Math.round(line.value * 240), lineRule: LineRuleType.AUTO }
    : {
        line: pointsToTwips(line.value),
        lineRule: line.kind === 'exactly' ? LineRuleType.EXACT : LineRuleType.AT_LEAST,
      }
}

function spacingOf(part: PartId, typesetting: Typesetting): ISpacingProperties {
  const single = { line: 240, lineRule: LineRuleType.AUTO }
  if (runningParts.has(part)) {
    return { before: 0, after: pointsToTwips(typesetting.gapPt), ...lineSpacing(typesetting) }
  }
  switch (part) {
    case 'kind':
      return { before: pointsToTwips(18), after: 0, ...single }
    case 'subjectMark':
      return { before: 0, after: pointsToTwips(12), ...single }
    case 'letterSubject':
    case 'urgency':
    case 'draft':
      return { before: pointsToTwips(3), after: 0, ...single }
    case 'divisionLabel':
      return { before: pointsToTwips(12), after: 0, ...single }
    case 'divisionTitle':
    case 'annexTitle':
    case 'annexNote':
      return { before: 0, after: pointsToTwips(6), ...single }
    case 'tableHeader':
    case 'tableCell':
      return { before: pointsToTwips(2), after: pointsToTwips(2), ...single }
    case 'addressee':
      return { before: 0, after: pointsToTwips(3), ...single }
    default:
      return { before: 0, after: 0, ...single }
  }
}

function styleOptions(part: PartId, typesetting: Typesetting): IParagraphStyleOptions {
  const rule = typesetting.profile.parts[part]
  const outlineLevel = outlineLevels[part]
  const indent: IIndentAttributesProperties | undefined = runningParts.has(part)
    ? { firstLine: mmToTwips(typesetting.firstLineMm) }
    : undefined
  return {
    id: styleOf(part),
    name: styleNames[part],
    basedOn: 'Normal',
    quickFormat: true,
    run: {
      size: pointsToHalfPoints(typesetting.sizePt(part)),
      bold: rule.bold,
      italics: rule.italic,
      ...(rule.underline ? { underline: { type: UnderlineType.SINGLE } } : {}),
    },
    paragraph: {
      alignment: alignments[rule.align],
      spacing: spacingOf(part, typesetting),
      ...(indent ? { indent } : {}),
      ...(partsKeptWithNext.has(part) ? { keepNext: true, keepLines: true } : {}),
      ...(outlineLevel === undefined ? {} : { outlineLevel }),
    },
  }
}

/** The styles of a document: the defaults (font, language, size), one style a part, the rules. */
export function documentStyles(typesetting: Typesetting): IStylesOptions {
  const { family } = typesetting.profile.font.value
  const parts = Object.keys(styleNames) as PartId[]
  const ofSystem = parts.filter((part) => {
    if (part === 'partyTitle') return typesetting.profile.system === 'party'
    if (part === 'nation' || part === 'motto') return typesetting.profile.system === 'state'
    return true
  })
  return {
    default: {
      document: {
        run: {
          font: { ascii: family, hAnsi: family, eastAsia: family, cs: family },
          size: pointsToHalfPoints(typesetting.sizePt('body')),
          language: { value: 'vi-VN', eastAsia: 'vi-VN', bidirectional: 'ar-SA' },
        },
      },
    },
    paragraphStyles: [
      ...ofSystem.map((part) => styleOptions(part, typesetting)),
      {
        id: ruleStyle,
        name: 'Đường kẻ',
        basedOn: 'Normal',
        run: { size: 2 },
        paragraph: { spacing: { before: 0, after: 0, line: 60, lineRule: LineRuleType.EXACT } },
      },
    ],
  }
}
