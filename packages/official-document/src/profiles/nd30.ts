import { hd36 } from './hd36.ts'
import { between, exactly, type LayoutProfile, type PartRule, type Range } from './layout-profile.ts'
import { dayOf } from './profile-day.ts'

const decree = 'Nghị định 30/2020/NĐ-CP, Phụ lục I'

type Style = Partial<Pick<PartRule, 'bold' | 'italic' | 'underline' | 'upperCase' | 'align'>>

const part = (clause: string, sizePt: Range, style: Style = {}): PartRule => ({
  sizePt,
  bold: false,
  italic: false,
  underline: false,
  upperCase: false,
  align: 'centre',
  ...style,
  source: `${decree}, ${clause}`,
  confirmed: true,
})

const rule = <Value>(clause: string, value: Value, confirmed = true) => ({
  value,
  source: `${decree}, ${clause}`,
  confirmed,
})

const body = between(13, 14, 14)

/** The layout of State offices' administrative documents. */
export const nd30: LayoutProfile = {
  id: 'ND30',
  system: 'state',
  name: 'Nghị định 30/2020/NĐ-CP',
  validFrom: dayOf(2020, 3, 5),
  validTo: null,
  confirmed: true,
  page: rule('khổ giấy', { widthMm: 210, heightMm: 297 }),
  margins: rule('định lề trang', {
    topMm: between(20, 25),
    bottomMm: between(20, 25),
    innerMm: between(30, 35),
    outerMm: between(15, 20),
    mirrored: false,
  }),
  font: hd36.font,
  pageNumber: rule('số trang', { sizePt: between(13, 14, 14), fromTopMm: 10, onFirstPage: false }, false),
  paragraph: rule('nội dung văn bản', {
    firstLineMm: between(10, 12.7, 12.7),
    gapPt: between(6, null),
    line: { kind: 'lines', ...between(1, 1.5, 1.15) },
  }),
  head: rule('Quốc hiệu và Tiêu ngữ; tên cơ quan', {
    titleLines: [
      { text: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', part: 'nation' },
      { text: 'Độc lập - Tự do - Hạnh phúc', part: 'motto' },
    ],
    issuerMark: { ruleShare: 0.4 },
  }),
  number: rule('số, ký hiệu', { prefix: 'Số: ', joiner: '/' }),
  subjectMark: rule('tên loại và trích yếu', { ruleShare: 0.4 }),
  urgency: rule('dấu chỉ mức độ khẩn', { framed: true }),
  addressees: rule('nơi nhận', { label: 'Kính gửi' }),
  bases: rule('căn cứ ban hành', { between: ';', last: '.' }),
  recipients: rule('nơi nhận', { label: 'Nơi nhận', separator: ';' }),
  headings: rule('nội dung văn bản', { numbers: 'dot' }),
  signature: rule('chữ ký', { lines: between(2, 6, 4) }, false),
  tables: rule('cỡ chữ trong bảng', { sizePt: between(11, 14, 13) }, false),
  annexes: rule('phụ lục', { pageNumbers: 'restart' }, false),
  parts: {
    ...hd36.parts,
    nation: part('Quốc hiệu', between(12, 13, 13), { bold: true, upperCase: true }),
    motto: part('Tiêu ngữ', between(13, 14, 14), { bold: true }),
    superior: part('tên cơ quan chủ quản trực tiếp', between(12, 13, 13), { upperCase: true }),
    issuer: part('tên cơ quan ban hành', between(12, 13, 13), { bold: true, upperCase: true }),
    issuerMark: part('đường kẻ dưới tên cơ quan', exactly(13)),
    number: part('số, ký hiệu', exactly(13)),
    letterSubject: part('trích yếu công văn', between(12, 13, 12)),
    urgency: part('dấu chỉ mức độ khẩn', between(13, 14), { bold: true, upperCase: true }),
    draft: part('chỉ dẫn dự thảo', between(13, 14), { italic: true }),
    placeAndDate: part('địa danh và thời gian', between(13, 14, 13), { italic: true }),
    kind: part('tên loại', between(13, 14, 14), { bold: true, upperCase: true }),
    subject: part('trích yếu', between(13, 14, 14), { bold: true }),
    subjectMark: part('đường kẻ dưới trích yếu', between(13, 14)),
    addresseeLabel: part('nơi nhận', between(13, 14, 14), { align: 'left' }),
    addressee: part('nơi nhận', between(13, 14, 14), { align: 'left' }),
    basis: part('căn cứ ban hành', body, { italic: true, align: 'justify' }),
    body: part('nội dung văn bản', body, { align: 'justify' }),
    divisionLabel: part('phần, chương, mục', body, { bold: true }),
    divisionTitle: part('tên phần, chương, mục', body, { bold: true, upperCase: true }),
    heading1: part('đề mục', body, { bold: true, align: 'justify' }),
    heading2: part('đề mục', body, { bold: true, align: 'justify' }),
    heading3: part('đề mục', body, { bold: true, italic: true, align: 'justify' }),
    heading4: part('đề mục', body, { italic: true, align: 'justify' }),
    authority: part('quyền hạn', between(13, 14, 14), { bold: true, upperCase: true }),
    position: part('chức vụ', between(13, 14, 14), { bold: true, upperCase: true }),
    signatory: part('họ và tên', between(13, 14, 14), { bold: true }),
    recipientsLabel: part('nơi nhận', exactly(12), { bold: true, italic: true, align: 'left' }),
    recipient: part('nơi nhận', exactly(11), { align: 'left' }),
    typistMark: part('ký hiệu người soạn thảo', exactly(11), { upperCase: true, align: 'left' }),
    contactLine: part('thông tin liên hệ', between(11, 12)),
    annexLabel: part('phụ lục', exactly(14), { bold: true }),
    annexTitle: part('phụ lục', between(13, 14, 14), { bold: true, upperCase: true }),
    annexNote: part('phụ lục', between(13, 14, 14), { italic: true }),
  },
}
