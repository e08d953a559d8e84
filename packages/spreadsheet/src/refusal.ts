/** Why a file of sheets is not read. Nobody's file is an exception. */
export interface Refusal {
  readonly ok: false
  readonly reason: RefusalReason
  /** The bound that was passed, where the reason is a bound. */
  readonly limit?: number
  /** Where: a part of the file, a sheet and row. */
  readonly found?: string
}

export type RefusalReason =
  | 'empty'
  | 'too-large'
  | 'too-much-inside'
  | 'too-many-sheets'
  | 'too-many-rows'
  | 'too-many-columns'
  | 'cell-too-long'
  | 'unsafe'
  | 'encrypted'
  | 'old-excel'
  | 'open-document'
  | 'damaged'
  | 'not-a-spreadsheet'
  | 'unknown-letters'

/** The refusal of a file, to be returned as it is. */
export function refuse(reason: RefusalReason, more: Pick<Refusal, 'limit' | 'found'> = {}): Refusal {
  return { ok: false, reason, ...more }
}

/** Leaves a reader from within; whoever reads rows turns it back into its refusal by {@link catchRefusal}. */
export class StopReading extends Error {
  readonly refusal: Refusal

  constructor(reason: RefusalReason, more: Pick<Refusal, 'limit' | 'found'> = {}) {
    super(reason)
    this.refusal = refuse(reason, more)
  }
}

/** The refusal that an error carries; any other error is thrown again, as it is a fault of ours. */
export function catchRefusal(error: unknown): Refusal {
  if (error instanceof StopReading) return error.refusal
  throw error
}

const sentences: Record<RefusalReason, { vi: string; en: string }> = {
  empty: {
    vi: 'Tệp không có dòng dữ liệu nào; đề nghị kiểm tra lại trang tính và gửi tệp khác.',
    en: 'There are no rows in the file; check its sheet and send another one.',
  },
  'too-large': {
    vi: 'Tệp lớn hơn mức cho phép ({limit} MB); đề nghị bỏ ảnh và các trang tính thừa, hoặc chia thành nhiều tệp.',
    en: 'The file is larger than allowed ({limit} MB); remove pictures and spare sheets, or split it.',
  },
  'too-much-inside': {
    vi: 'Nội dung bên trong tệp vượt mức có thể đọc; đề nghị chia danh sách thành nhiều tệp nhỏ hơn.',
    en: 'There is more inside the file than can be read; split the list into smaller files.',
  },
  'too-many-sheets': {
    vi: 'Tệp có quá nhiều trang tính (cho phép {limit}); đề nghị chỉ giữ các trang cần nhập.',
    en: 'The file has too many sheets ({limit} are allowed); keep only those to be imported.',
  },
  'too-many-rows': {
    vi: 'Trang tính có nhiều hơn {limit} dòng; đề nghị chia danh sách thành nhiều tệp.',
    en: 'The sheet has more than {limit} rows; split the list into several files.',
  },
  'too-many-columns': {
    vi: 'Trang tính có nhiều hơn {limit} cột có dữ liệu; đề nghị bỏ các cột không cần nhập.',
    en: 'The sheet has more than {limit} columns; remove those that are not needed.',
  },
  'cell-too-long': {
    vi: 'Có ô dài hơn {limit} ký tự ({found}); đề nghị rút gọn ô đó.',
    en: 'A cell is longer than {limit} letters ({found}); shorten it.',
  },
  unsafe: {
    vi: 'Tệp có cấu trúc của tệp phá hoại nên không được mở; đề nghị xin lại bảng tính từ nơi gửi.',
    en: 'The file is built like one meant to do harm and was not opened; ask its sender for the sheet again.',
  },
  encrypted: {
    vi: 'Tệp được đặt mật khẩu; đề nghị mở tệp, bỏ mật khẩu, lưu lại rồi gửi.',
    en: 'The file is locked by a password; open it, remove the password and save it again.',
  },
  'old-excel': {
    vi: 'Đây là tệp Excel 97–2003 (.xls); đề nghị mở bằng Excel, lưu lại dạng .xlsx rồi gửi.',
    en: 'This file is of Excel 97–2003 (.xls); open it in Excel, save it as .xlsx and send that.',
  },
  'open-document': {
    vi: 'Chưa đọc được bảng tính OpenDocument (.ods); đề nghị lưu lại dạng .xlsx hoặc .csv rồi gửi.',
    en: 'OpenDocument sheets (.ods) are not read; save it as .xlsx or .csv and send that.',
  },
  damaged: {
    vi: 'Tệp bị hỏng hoặc tải về chưa đủ; đề nghị mở bằng Excel, lưu lại rồi gửi bản mới.',
    en: 'The file is damaged or incomplete; open it in Excel, save it again and send the new copy.',
  },
  'not-a-spreadsheet': {
    vi: 'Đây không phải bảng tính; đề nghị gửi tệp .xlsx hoặc .csv.',
    en: 'This is not a spreadsheet; send a .xlsx or .csv file.',
  },
  'unknown-letters': {
    vi: 'Không đọc được bảng mã tiếng Việt của tệp; đề nghị lưu lại dạng .xlsx hoặc CSV UTF-8 rồi gửi.',
    en: 'The letters of the file are in an encoding that is not known; save it as .xlsx or as CSV in UTF-8.',
  },
}

const bytesInMegabyte = 1024 * 1024

/** One sentence for people: what was not read, why, and what to do. */
export function describeRefusal(refusal: Refusal, language: 'vi' | 'en'): string {
  const { reason, limit = 0, found = '' } = refusal
  const shown = reason === 'too-large' ? Math.round(limit / bytesInMegabyte) : limit
  return sentences[reason][language]
    .replace('{limit}', shown.toLocaleString(language === 'vi' ? 'vi-VN' : 'en-GB'))
    .replace('{found}', found)
}
