import type { PartId } from '../profiles/layout-profile.ts'
import type { LayoutFinding, LayoutRuleId } from './layout-finding.ts'

/** What a finding says to a person. */
export type Language = 'vi' | 'en'

const partNames: Record<PartId, Record<Language, string>> = {
  nation: { vi: 'Quốc hiệu', en: 'National title' },
  motto: { vi: 'Tiêu ngữ', en: 'Motto' },
  partyTitle: { vi: 'Tiêu đề “Đảng Cộng sản Việt Nam”', en: 'Title “Đảng Cộng sản Việt Nam”' },
  superior: { vi: 'Tên cơ quan cấp trên', en: 'Superior body' },
  issuer: { vi: 'Tên cơ quan ban hành', en: 'Issuing body' },
  issuerMark: { vi: 'Dấu sao dưới tên cơ quan', en: 'Star under the issuing body' },
  number: { vi: 'Số và ký hiệu', en: 'Number and sign' },
  letterSubject: { vi: 'Trích yếu công văn', en: 'Subject of the letter' },
  urgency: { vi: 'Mức độ khẩn', en: 'Urgency' },
  draft: { vi: 'Chỉ dẫn dự thảo', en: 'Draft mark' },
  placeAndDate: { vi: 'Địa danh và ngày, tháng, năm', en: 'Place and date' },
  kind: { vi: 'Tên loại văn bản', en: 'Kind of document' },
  subject: { vi: 'Trích yếu', en: 'Subject' },
  subjectMark: { vi: 'Gạch dưới trích yếu', en: 'Mark under the subject' },
  addresseeLabel: { vi: 'Kính gửi', en: 'Addressee label' },
  addressee: { vi: 'Nơi gửi đến', en: 'Addressees' },
  basis: { vi: 'Căn cứ', en: 'Bases' },
  body: { vi: 'Nội dung', en: 'Text' },
  divisionLabel: { vi: 'Phần, chương, mục', en: 'Part, chapter, section' },
  divisionTitle: { vi: 'Tên phần, chương, mục', en: 'Title of a part, chapter or section' },
  heading1: { vi: 'Đề mục cấp 1', en: 'Heading 1' },
  heading2: { vi: 'Đề mục cấp 2', en: 'Heading 2' },
  heading3: { vi: 'Đề mục cấp 3', en: 'Heading 3' },
  heading4: { vi: 'Đề mục cấp 4', en: 'Heading 4' },
  tableHeader: { vi: 'Đầu bảng', en: 'Table header' },
  tableCell: { vi: 'Ô bảng', en: 'Table cell' },
  authority: { vi: 'Quyền hạn của người ký', en: 'Authority of the signatory' },
  position: { vi: 'Chức vụ của người ký', en: 'Post of the signatory' },
  signatory: { vi: 'Họ tên người ký', en: 'Name of the signatory' },
  recipientsLabel: { vi: 'Chữ “Nơi nhận”', en: 'Label of the recipients' },
  recipient: { vi: 'Nơi nhận', en: 'Recipients' },
  typistMark: { vi: 'Ký hiệu người đánh máy', en: 'Typist’s mark' },
  contactLine: { vi: 'Thông tin liên hệ', en: 'Contact line' },
  annexLabel: { vi: 'Phụ lục', en: 'Annex' },
  annexTitle: { vi: 'Tên phụ lục', en: 'Title of the annex' },
  annexNote: { vi: 'Chỉ dẫn kèm theo', en: 'Note of the annex' },
}

const faults: Record<LayoutRuleId, Record<Language, string>> = {
  'page-size': { vi: 'Khổ giấy không đúng', en: 'Wrong paper size' },
  margins: { vi: 'Lề trang không đúng', en: 'Wrong margin' },
  'mirrored-margins': {
    vi: 'Lề mặt sau chưa đối xứng với mặt trước',
    en: 'Margins are not mirrored on back pages',
  },
  'page-number': { vi: 'Thiếu số trang hoặc sai cỡ chữ', en: 'Page number missing or of the wrong size' },
  'page-number-on-first-page': { vi: 'Trang đầu có số trang', en: 'The first page carries a number' },
  'page-number-place': { vi: 'Số trang đặt sai vị trí', en: 'Page number in the wrong place' },
  font: { vi: 'Sai phông chữ', en: 'Wrong font' },
  'missing-part': { vi: 'thiếu', en: 'missing' },
  size: { vi: 'sai cỡ chữ', en: 'wrong size' },
  bold: { vi: 'sai kiểu chữ đậm', en: 'wrong weight' },
  italic: { vi: 'sai kiểu chữ nghiêng', en: 'wrong slope' },
  underline: { vi: 'sai gạch chân', en: 'wrong underline' },
  'upper-case': { vi: 'phải viết in hoa', en: 'must be in capitals' },
  alignment: { vi: 'sai căn lề', en: 'wrong alignment' },
  'rule-length': {
    vi: 'Đường kẻ dưới tiêu đề không dài bằng tiêu đề',
    en: 'The rule under the title is not as long as the title',
  },
  'number-form': { vi: 'sai cách ghi', en: 'wrong form' },
  'date-form': { vi: 'sai cách ghi', en: 'wrong form' },
  'first-line': { vi: 'sai độ thụt dòng đầu', en: 'wrong first-line indent' },
  'paragraph-gap': { vi: 'sai khoảng cách giữa các đoạn', en: 'wrong gap between paragraphs' },
  'line-spacing': { vi: 'sai khoảng cách dòng', en: 'wrong line spacing' },
  'recipient-marks': { vi: 'sai dấu cuối dòng', en: 'wrong mark at the end of the line' },
  'table-width': { vi: 'Bảng rộng hơn phần chữ', en: 'A table is wider than the text' },
  'table-header': {
    vi: 'Dòng đầu bảng chưa đặt lặp lại ở trang sau',
    en: 'The header row does not repeat on the next page',
  },
}

const alignmentNames: Record<string, Record<Language, string>> = {
  left: { vi: 'căn trái', en: 'left' },
  right: { vi: 'căn phải', en: 'right' },
  centre: { vi: 'giữa dòng', en: 'centred' },
  justify: { vi: 'căn đều hai bên', en: 'justified' },
}

// Where the values are marks for yes and no, the fault says it all.
const plainRules: ReadonlySet<LayoutRuleId> = new Set<LayoutRuleId>([
  'missing-part',
  'bold',
  'italic',
  'underline',
  'mirrored-margins',
  'page-number-on-first-page',
  'table-header',
])

/** `Số và ký hiệu: sai cỡ chữ (cần 14 pt, đang là 13 pt)`. */
export function describeFinding(finding: LayoutFinding, language: Language): string {
  const fault = faults[finding.rule][language]
  const head = finding.part ? `${partNames[finding.part][language]}: ${fault}` : fault
  if (plainRules.has(finding.rule)) return head
  const [expected, found] = [finding.expected, finding.found].map((value) =>
    finding.rule === 'alignment' ? (alignmentNames[value]?.[language] ?? value) : value,
  )
  return language === 'vi'
    ? `${head} (cần ${expected}, đang là ${found})`
    : `${head} (should be ${expected}, is ${found})`
}
