import type { SourceDocument } from '../source-document.ts'

/** What becomes of a file: its source, or why it is not read. Nobody's file is an exception. */
export type SourceReading = { ok: true; source: SourceDocument } | Refusal

export interface Refusal {
  ok: false
  reason: RefusalReason
  /** The bound that was passed, where the reason is a bound: bytes, pages, paragraphs … */
  limit?: number
  /** What was found instead: the other format's name, or the place that is damaged. For the log and for support. */
  found?: string
}

export type RefusalReason =
  | 'empty'
  | 'too-large'
  | 'too-many-pages'
  | 'too-much-inside'
  | 'unsafe'
  | 'encrypted'
  | 'damaged'
  | 'macros-only'
  | 'spreadsheet'
  | 'presentation'
  | 'mail'
  | 'open-document'
  | 'old-word'
  | 'picture'
  | 'archive'
  | 'unknown-format'
  | 'unknown-letters'
  | 'no-text'
  | 'took-too-long'
  | 'out-of-memory'
  | 'reader-failed'

/** The refusal of a file, to be returned as it is. */
export function refuse(reason: RefusalReason, more: Pick<Refusal, 'limit' | 'found'> = {}): Refusal {
  return { ok: false, reason, ...more }
}

/**
 * Leaves a parser from within its callbacks, which can only throw. It never leaves this folder: every reader
 * turns it back into the refusal that it carries, by {@link catchRefusal}.
 */
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

const bytesInMegabyte = 1024 * 1024

function sayBytes(bytes: number | undefined): string {
  return bytes === undefined ? '' : ` (${Math.round(bytes / bytesInMegabyte)} MB)`
}

function sayCount(limit: number | undefined, language: 'vi' | 'en'): string {
  return limit === undefined ? '' : ` (${limit.toLocaleString(language === 'vi' ? 'vi-VN' : 'en-GB')})`
}

type Sentence = (refusal: Refusal) => string

const sentences: Record<RefusalReason, { vi: Sentence; en: Sentence }> = {
  empty: {
    vi: () => 'Tệp không có nội dung; đề nghị kiểm tra lại và gửi tệp khác.',
    en: () => 'The file is empty; check it and send another one.',
  },
  'too-large': {
    vi: (r) =>
      `Tệp lớn hơn mức cho phép${sayBytes(r.limit)}; đề nghị nén ảnh bên trong hoặc tách phụ lục rồi gửi lại.`,
    en: (r) =>
      `The file is larger than allowed${sayBytes(r.limit)}; shrink its pictures or send the annexes apart.`,
  },
  'too-many-pages': {
    vi: (r) =>
      `Tệp có nhiều trang hơn mức cho phép${sayCount(r.limit, 'vi')}; đề nghị chỉ gửi các trang của kế hoạch.`,
    en: (r) =>
      `The file has more pages than allowed${sayCount(r.limit, 'en')}; send only the pages of the plan.`,
  },
  'too-much-inside': {
    vi: (r) =>
      `Nội dung bên trong tệp vượt mức có thể đọc${sayCount(r.limit, 'vi')}; đề nghị tách văn bản thành các tệp nhỏ hơn.`,
    en: (r) =>
      `There is more inside the file than can be read${sayCount(r.limit, 'en')}; split the document into smaller files.`,
  },
  unsafe: {
    vi: () => 'Tệp có cấu trúc của tệp phá hoại nên không được mở; đề nghị xin lại văn bản từ nơi gửi.',
    en: () =>
      'The file is built like one meant to do harm and was not opened; ask the sender for the document again.',
  },
  encrypted: {
    vi: () => 'Tệp được đặt mật khẩu; đề nghị mở tệp, bỏ mật khẩu rồi gửi lại.',
    en: () => 'The file is locked by a password; open it, remove the password and send it again.',
  },
  damaged: {
    vi: () => 'Tệp bị hỏng hoặc tải về chưa đủ; đề nghị mở bằng Word, lưu lại rồi gửi bản mới.',
    en: () => 'The file is damaged or incomplete; open it in Word, save it again and send the new copy.',
  },
  'macros-only': {
    vi: () => 'Tệp chỉ chứa macro, không có văn bản; đề nghị gửi tệp văn bản dạng .docx.',
    en: () => 'The file holds macros and no document; send the document itself as .docx.',
  },
  spreadsheet: {
    vi: () => 'Đây là bảng tính, không phải văn bản; đề nghị gửi kế hoạch dạng Word hoặc PDF.',
    en: () => 'This is a spreadsheet, not a document; send the plan as Word or PDF.',
  },
  presentation: {
    vi: () => 'Đây là tệp trình chiếu, không phải văn bản; đề nghị gửi kế hoạch dạng Word hoặc PDF.',
    en: () => 'This is a slide show, not a document; send the plan as Word or PDF.',
  },
  mail: {
    vi: () => 'Đây là thư điện tử được lưu lại; đề nghị mở thư, lưu tệp đính kèm rồi gửi tệp đó.',
    en: () => 'This is a saved e-mail; open it, save the attachment and send that.',
  },
  'open-document': {
    vi: () => 'Chưa đọc được tệp OpenDocument (.odt); đề nghị lưu lại dạng .docx hoặc PDF rồi gửi.',
    en: () => 'OpenDocument files (.odt) are not read; save it as .docx or PDF and send that.',
  },
  'old-word': {
    vi: () =>
      'Tệp do bản Word quá cũ tạo ra (trước Word 97); đề nghị mở bằng Word, lưu lại dạng .docx rồi gửi.',
    en: () =>
      'The file was written by a Word older than Word 97; open it in Word, save it as .docx and send that.',
  },
  picture: {
    vi: () => 'Đây là tệp ảnh; đề nghị ghép các ảnh chụp hoặc bản quét thành một tệp PDF rồi gửi.',
    en: () => 'This is a picture; put the photographs or scans together in one PDF and send that.',
  },
  archive: {
    vi: () => 'Đây là tệp nén, không phải văn bản; đề nghị giải nén rồi gửi từng văn bản.',
    en: () => 'This is an archive, not a document; unpack it and send each document by itself.',
  },
  'unknown-format': {
    vi: () =>
      'Không nhận ra định dạng của tệp; đề nghị gửi văn bản dạng .docx, .doc, .rtf, .pdf, .html, .md hoặc .txt.',
    en: () => 'The format of the file is not known; send it as .docx, .doc, .rtf, .pdf, .html, .md or .txt.',
  },
  'unknown-letters': {
    vi: () => 'Không đọc được bảng mã tiếng Việt của tệp; đề nghị chuyển sang Unicode rồi gửi lại.',
    en: () =>
      'The letters of the file are in an encoding that is not known; convert it to Unicode and send it again.',
  },
  'no-text': {
    vi: () => 'Tệp không có chữ nào đọc được; nếu là ảnh chụp hoặc bản quét, đề nghị gửi dạng PDF.',
    en: () => 'There is no text in the file; if it holds pictures or scans, send them as a PDF.',
  },
  'took-too-long': {
    vi: () =>
      'Đọc tệp mất quá nhiều thời gian nên đã dừng; đề nghị tách văn bản thành các tệp nhỏ hơn hoặc gửi bản Word.',
    en: () =>
      'Reading the file took too long and was stopped; split the document into smaller files or send the Word file.',
  },
  'out-of-memory': {
    vi: () => 'Tệp cần nhiều bộ nhớ hơn mức cho phép nên không đọc được; đề nghị tách thành các tệp nhỏ hơn.',
    en: () => 'The file needs more memory than allowed and was not read; split it into smaller files.',
  },
  'reader-failed': {
    vi: () =>
      'Chương trình gặp lỗi khi đọc tệp này; đề nghị lưu lại dạng .docx hoặc PDF rồi gửi, và báo cho người quản trị.',
    en: () =>
      'The program failed on this file; save it as .docx or PDF and try again, and tell the administrator.',
  },
}

/** One sentence for people: what was not read, why, and what to do. */
export function describeRefusal(refusal: Refusal, language: 'vi' | 'en'): string {
  return sentences[refusal.reason][language](refusal)
}
