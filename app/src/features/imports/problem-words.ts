import { describeRefusal, type RefusalReason } from '@trienkhai/spreadsheet/refusal.ts'
import type { Language } from '@trienkhai/vietnamese/language.ts'
import { showDate } from '#features/shell/format.ts'
import { columnOf, importColumns, writeChoice } from './columns.ts'
import type { ImportKind, ImportRefusal, Problem, ProblemReason, Remark } from './schema.ts'

type Sentences = Record<ProblemReason, (detail: string, meant: string) => string>

const vietnamese: Sentences = {
  missing: () => 'Cần điền ô này.',
  'too-long': (most) => `Dài hơn ${most} ký tự; rút gọn lại.`,
  'error-value': () => 'Ô báo lỗi của Excel; gõ lại giá trị.',
  'formula-empty': () => 'Ô là công thức chưa có kết quả; gõ giá trị.',
  'no-date': () => 'Không phải ngày tháng. Ghi như 15/02/1985.',
  'no-such-day': () => 'Không có ngày này trong lịch.',
  'two-digit-year': () => 'Năm chỉ có hai chữ số; ghi đủ bốn chữ số.',
  'month-first': (_, meant) => `Tháng đứng trước ngày. Có phải ${meant}?`,
  'day-needed': () => 'Cần đủ ngày, tháng, năm.',
  'in-future': () => 'Ngày này chưa đến.',
  'before-other': (column) => `Trái thứ tự với ô ${column}.`,
  'unknown-choice': (_, meant) => `Không có trong danh mục.${meant ? ` Có phải "${meant}"?` : ''}`,
  'not-a-phone': () => 'Không phải số điện thoại. Ghi đủ 10 số, số 0 ở đầu.',
  'not-an-email': () => 'Không phải địa chỉ thư điện tử.',
  'not-a-code': () => 'Không phải mã do hệ thống cấp; để trống nếu là dòng mới.',
  'unknown-code': () => 'Không tìm thấy mã này trong phạm vi phụ trách.',
  'code-differs': () => 'Tên và mã chỉ hai tổ chức khác nhau; xóa mã để lấy theo tên.',
  'unknown-organisation': (_, meant) =>
    `Không tìm thấy tổ chức này trong phạm vi phụ trách.${meant ? ` Có phải "${meant}"?` : ''}`,
  'several-organisations': (names) => `Nhiều tổ chức trùng tên; ghi thêm cấp trên: ${names}.`,
  'organisation-wrong': (row) => `Tổ chức này ở dòng ${row} còn lỗi; sửa dòng đó trước.`,
  'below-itself': () => 'Tổ chức không thể trực thuộc chính nó hay cấp dưới của nó.',
  'unknown-person': () => 'Không tìm thấy người này; kiểm tra họ tên, ngày sinh.',
  'several-people': () => 'Nhiều người trùng họ tên; chọn đúng người.',
  'person-wrong': (row) => `Người này ở dòng ${row} của trang Con người còn lỗi; sửa dòng đó trước.`,
  'likely-double': () => 'Có thể đã có trong danh sách; chọn đúng người, hoặc xác nhận là người khác.',
  'twice-in-file': (row) => `Trùng với dòng ${row} của tệp.`,
  overlaps: (where) =>
    where.startsWith('#')
      ? `Trùng thời gian với dòng ${where.slice(1)} của tệp.`
      : where
        ? `Trùng thời gian với: ${where}. Ghi ngày bắt đầu sau ngày đó.`
        : 'Trùng thời gian với nơi khác ngoài phạm vi phụ trách.',
  'status-needed': () => 'Người mới cần có tư cách: chính thức, dự bị, đoàn viên, hội viên.',
  taken: (name) => `Số này đã ghi cho ${name}.`,
}

const english: Sentences = {
  missing: () => 'This cell must be filled in.',
  'too-long': (most) => `Longer than ${most} letters; shorten it.`,
  'error-value': () => 'An error value of the spreadsheet; type the value.',
  'formula-empty': () => 'A formula without a result; type the value.',
  'no-date': () => 'Not a date. Write 15/02/1985.',
  'no-such-day': () => 'There is no such day.',
  'two-digit-year': () => 'The year has two digits; write all four.',
  'month-first': (_, meant) => `The month comes first. Is it ${meant}?`,
  'day-needed': () => 'Day, month and year are needed.',
  'in-future': () => 'This day is still to come.',
  'before-other': (column) => `Out of order with ${column}.`,
  'unknown-choice': (_, meant) => `Not on the list.${meant ? ` Is it "${meant}"?` : ''}`,
  'not-a-phone': () => 'Not a phone number. Write all ten digits, the zero first.',
  'not-an-email': () => 'Not an e-mail address.',
  'not-a-code': () => 'Not a code given by the system; leave it empty for a new row.',
  'unknown-code': () => 'This code is not found within your area.',
  'code-differs': () => 'Name and code mean two organisations; clear the code to go by the name.',
  'unknown-organisation': (_, meant) =>
    `This organisation is not found within your area.${meant ? ` Is it "${meant}"?` : ''}`,
  'several-organisations': (names) => `Several are called the same; add the body above: ${names}.`,
  'organisation-wrong': (row) => `This organisation comes in row ${row}, which is wrong; mend that first.`,
  'below-itself': () => 'An organisation cannot stand below itself.',
  'unknown-person': () => 'Nobody of this name is found; check name and birth date.',
  'several-people': () => 'Several people are called the same; choose one.',
  'person-wrong': (row) =>
    `This person comes in row ${row} of the sheet of people, which is wrong; mend that first.`,
  'likely-double': () => 'Probably known already; choose the person, or say that it is somebody else.',
  'twice-in-file': (row) => `The same as row ${row} of the file.`,
  overlaps: (where) =>
    where.startsWith('#')
      ? `At the same time as row ${where.slice(1)} of the file.`
      : where
        ? `At the same time as: ${where}. Give a later first day.`
        : 'At the same time as a place outside your area.',
  'status-needed': () => 'A new person needs a status: full, probationary, union or association member.',
  taken: (name) => `This number is given for ${name}.`,
}

/** One sentence for a wrong cell: what is wrong, and the mend. */
export function describeProblem(kind: ImportKind, problem: Problem, language: Language): string {
  const { reason, detail = '', meant = '' } = problem
  const shown =
    reason === 'before-other'
      ? (columnOf(kind, detail)?.title[language] ?? detail)
      : detail.replace(/\d{4}-\d{2}-\d{2}/g, (day) => showDate(day))
  return (language === 'vi' ? vietnamese : english)[reason](shown, meant)
}

const remarks: Record<Remark['remark'], { vi: string; en: string }> = {
  'zero-restored': { vi: 'đã thêm lại số 0 ở đầu', en: 'the leading zero was put back' },
  'typed-as-number': {
    vi: 'gõ dạng số: xem lại số 0 ở đầu',
    en: 'typed as a number: check its leading zeros',
  },
  'from-formula': { vi: 'lấy kết quả đã lưu của công thức', en: 'the last result of a formula' },
  'without-marks': { vi: 'hiểu theo tên không dấu', en: 'understood without its marks' },
  'title-not-listed': { vi: 'chức vụ chưa có trong danh mục', en: 'not on the list of titles' },
}

/** What was understood otherwise than it was typed, as a few words beside the cell. */
export const describeRemark = ({ remark }: Remark, language: Language): string => remarks[remark][language]

const ownRefusals: Record<string, { vi: string; en: string }> = {
  'no-right': {
    vi: 'Quyền nhập danh sách của tài khoản này đã hết; chưa có gì được nhập.',
    en: 'The right to bring this in has ended; nothing was brought in.',
  },
  'undo-no-right': {
    vi: 'Quyền nhập danh sách của tài khoản này đã hết nên không hoàn tác được. Không có gì bị thay đổi.',
    en: 'The right to bring this in has ended, so it cannot be taken back. Nothing was changed.',
  },
  'wrong-now': {
    vi: 'Dữ liệu vừa thay đổi: {limit} dòng nay không nhập được nữa. Chưa có gì được nhập; xem lại các dòng sai.',
    en: 'Data has changed: {limit} rows are wrong now. Nothing was brought in; look at the wrong rows.',
  },
  conflict: {
    vi: 'Có người vừa sửa cùng những dòng này. Chưa có gì được nhập; bấm Nhập lần nữa.',
    en: 'Somebody has just changed the same rows. Nothing was brought in; try once more.',
  },
  unforeseen: {
    vi: 'Hệ thống gặp lỗi ngoài dự kiến khi xử lý tệp này; dữ liệu không bị thay đổi. Hãy làm lại; nếu vẫn lỗi, báo người quản trị hệ thống kèm tên tệp và giờ gửi.',
    en: 'Something unforeseen went wrong with this file; no data was changed. Try again; if it fails once more, tell whoever runs the system the name of the file and when it was sent.',
  },
  touched: {
    vi: 'Không hoàn tác được: có dòng đã nhập nay đã được sửa hoặc được dùng ở nơi khác. Không có gì bị thay đổi.',
    en: 'It cannot be taken back: rows that it brought were changed or are in use. Nothing was changed.',
  },
  'no-original-rows': {
    vi: 'Tệp sửa lỗi không có cột "Dòng gốc"; dùng tệp tải từ trang này, giữ nguyên cột đó.',
    en: 'The corrected file has no column "Original row"; use the file from this page and keep that column.',
  },
}

/** Why a file was not read, or an import not carried out, as one sentence. */
export function describeImportRefusal(refusal: ImportRefusal, language: Language): string {
  const own = ownRefusals[refusal.reason] ?? ownRefusals[refusal.found ?? '']
  if (own) return own[language].replace('{limit}', String(refusal.limit ?? ''))
  return describeRefusal({ ok: false, ...refusal, reason: refusal.reason as RefusalReason }, language)
}

/** A value before or after a change, as people read it. */
export function showValue(kind: ImportKind, key: string, value: string | null, language: Language): string {
  if (value === null) return '–'
  const type = importColumns[kind].find((column) => column.key === key)?.type
  if (type?.is === 'date') return showDate(value)
  return type?.is === 'choice' ? writeChoice(type.of, value, language) : value
}
