import { between, exactly, type LayoutProfile, type PartRule, type Range } from './layout-profile.ts'
import { dayOf } from './profile-day.ts'

const guidance = 'Hướng dẫn 36-HD/VPTW ngày 03/4/2018'

type Style = Partial<Pick<PartRule, 'bold' | 'italic' | 'underline' | 'upperCase' | 'align'>>

function part(component: string, sizePt: Range, style: Style = {}): PartRule {
  return {
    sizePt,
    bold: false,
    italic: false,
    underline: false,
    upperCase: false,
    align: 'centre',
    ...style,
    source: `${guidance}, ${component}`,
    confirmed: true,
  }
}

/** What the guidance is silent on and offices have settled among themselves. */
function customary(component: string, sizePt: Range, style: Style = {}): PartRule {
  return { ...part('', sizePt, style), source: `Thông lệ trình bày: ${component}`, confirmed: false }
}

const rule = <Value>(component: string, value: Value) => ({
  value,
  source: `${guidance}, ${component}`,
  confirmed: true,
})

const custom = <Value>(component: string, value: Value) => ({
  value,
  source: `Thông lệ trình bày: ${component}`,
  confirmed: false,
})

const body = between(14, 15)

/** The Party's layout from 03/4/2018 to the day before its successor. */
export const hd36: LayoutProfile = {
  id: 'HD36',
  system: 'party',
  name: 'Hướng dẫn 36-HD/VPTW',
  validFrom: dayOf(2018, 4, 3),
  validTo: dayOf(2026, 5, 26),
  confirmed: true,
  page: rule('khổ giấy', { widthMm: 210, heightMm: 297 }),
  margins: rule('định lề trang', {
    topMm: exactly(20),
    bottomMm: exactly(20),
    innerMm: exactly(30),
    outerMm: exactly(15),
    mirrored: true,
  }),
  font: rule('phông chữ', {
    family: 'Times New Roman',
    substitutes: ['Tinos', 'Liberation Serif', 'Nimbus Roman', 'Times'],
  }),
  pageNumber: rule('số trang', { sizePt: exactly(14), fromTopMm: 10, onFirstPage: false }),
  paragraph: rule('nội dung văn bản', {
    firstLineMm: exactly(10),
    gapPt: between(6, null),
    line: { kind: 'at-least', ...between(18, null) },
  }),
  head: rule('mục II, điểm 1.1 và tên cơ quan ban hành', {
    titleLines: [{ text: 'ĐẢNG CỘNG SẢN VIỆT NAM', part: 'partyTitle' }],
    issuerMark: '*',
  }),
  number: rule('số và ký hiệu', { prefix: 'Số ', joiner: '-' }),
  subjectMark: rule('tên loại và trích yếu', '-----'),
  urgency: rule('dấu chỉ mức độ khẩn', { framed: false }),
  addressees: rule('nơi gửi', { label: 'Kính gửi' }),
  bases: custom('dấu sau căn cứ cuối', { between: ';', last: ';' }),
  recipients: rule('nơi nhận', { label: 'Nơi nhận', separator: ',' }),
  headings: custom('cách đánh số đề mục', { numbers: 'dash' }),
  signature: custom('khoảng trống để ký', { lines: between(2, 6, 4) }),
  tables: custom('cỡ chữ trong bảng', { sizePt: between(11, 14, 13) }),
  annexes: custom('số trang phụ lục', { pageNumbers: 'continue' }),
  parts: {
    nation: customary('không dùng', between(12, 13), { bold: true, upperCase: true }),
    motto: customary('không dùng', between(13, 14), { bold: true }),
    partyTitle: part('mục II, điểm 1.1 (tiêu đề)', exactly(15), { bold: true, upperCase: true }),
    superior: part('tên cơ quan cấp trên trực tiếp', exactly(14), { upperCase: true }),
    issuer: part('tên cơ quan ban hành', exactly(14), { bold: true, upperCase: true }),
    issuerMark: part('dấu sao dưới tên cơ quan', exactly(14)),
    number: part('số và ký hiệu', exactly(14)),
    letterSubject: part('trích yếu công văn', exactly(12), { italic: true }),
    urgency: part('dấu chỉ mức độ khẩn', exactly(14), { bold: true, upperCase: true }),
    draft: part('chỉ dẫn dự thảo', exactly(14), { italic: true }),
    placeAndDate: part('địa danh và ngày, tháng, năm', exactly(14), { italic: true }),
    kind: part('tên loại', between(15, 16, 16), { bold: true, upperCase: true }),
    subject: part('trích yếu', between(14, 15), { bold: true }),
    subjectMark: part('gạch dưới trích yếu', between(14, 15)),
    addresseeLabel: part('nơi gửi', exactly(14), { italic: true, align: 'left' }),
    addressee: part('nơi gửi', exactly(14), { align: 'left' }),
    basis: part('căn cứ ban hành', body, { align: 'justify' }),
    body: part('nội dung văn bản', body, { align: 'justify' }),
    divisionLabel: part('phần, chương, mục', body, { bold: true }),
    divisionTitle: part('tên phần, chương, mục', body, { bold: true, upperCase: true }),
    heading1: customary('đề mục I', body, { bold: true, align: 'justify' }),
    heading2: customary('đề mục 1', body, { bold: true, align: 'justify' }),
    heading3: customary('đề mục 1.1', body, { bold: true, italic: true, align: 'justify' }),
    heading4: customary('đề mục a', body, { italic: true, align: 'justify' }),
    tableHeader: customary('đầu bảng', between(11, 14, 13), { bold: true }),
    tableCell: customary('ô bảng', between(11, 14, 13), { align: 'left' }),
    authority: part('quyền hạn', exactly(14), { bold: true, upperCase: true }),
    position: part('chức vụ', exactly(14), { upperCase: true }),
    signatory: part('họ tên người ký', exactly(14), { bold: true }),
    recipientsLabel: part('nơi nhận', exactly(14), { underline: true, align: 'left' }),
    recipient: part('nơi nhận', exactly(12), { align: 'left' }),
    typistMark: part('ký hiệu người đánh máy và số bản', exactly(8), { upperCase: true, align: 'left' }),
    contactLine: part('thông tin liên hệ', exactly(10)),
    annexLabel: customary('tên phụ lục', body, { bold: true }),
    annexTitle: customary('tiêu đề phụ lục', body, { bold: true, upperCase: true }),
    annexNote: customary('chỉ dẫn kèm theo', body, { italic: true }),
  },
}
