import type { Language } from '@trienkhai/vietnamese/language.ts'

interface ReadWords {
  noFile: string
  noSuchFile: (code: string) => string
  reading: (index: number, of: number, file: string) => string
  page: (file: string, page: number, of: number) => string
  summary: (read: number, unread: number) => string
  notAPlan: string
  noSubject: string
  number: string
  date: string
  issuer: string
  superior: string
  signatory: string
  promulgatedBy: string
  bases: string
  events: string
  targets: string
  tasks: string
  task: string
  lead: string
  with: string
  due: string
  reports: string
  from: string
  to: string
  recipients: string
  annexes: string
  annexMissing: string
  findings: string
  noFindings: string
  unsure: (count: number) => string
}

const vi: ReadWords = {
  noFile: 'Chưa nêu tệp cần đọc.',
  noSuchFile: (code) => (code === 'ENOENT' ? 'không có tệp này.' : `không mở được tệp (${code}).`),
  reading: (index, of, file) => `Đang đọc ${index}/${of}: ${file}`,
  page: (file, page, of) => `${file}: nhận dạng chữ, trang ${page}/${of}`,
  summary: (read, unread) => `Đã đọc ${read} tệp${unread > 0 ? `, ${unread} tệp không đọc được` : ''}.`,
  notAPlan: 'Văn bản này không chứa kế hoạch; chỉ đọc phần đầu, căn cứ, nơi nhận và người ký.',
  noSubject: '(không có trích yếu)',
  number: 'Số, ký hiệu',
  date: 'Ngày ban hành',
  issuer: 'Cơ quan ban hành',
  superior: 'Cơ quan cấp trên',
  signatory: 'Người ký',
  promulgatedBy: 'Ban hành kèm theo',
  bases: 'Căn cứ',
  events: 'Hội nghị, sự kiện',
  targets: 'Chỉ tiêu',
  tasks: 'Nhiệm vụ',
  task: 'Nội dung',
  lead: 'Chủ trì',
  with: 'Phối hợp',
  due: 'Thời hạn',
  reports: 'Chế độ báo cáo',
  from: 'Nơi gửi',
  to: 'Nơi nhận',
  recipients: 'Nơi nhận',
  annexes: 'Phụ lục',
  annexMissing: 'không có trong tệp',
  findings: 'Điểm cần xem lại',
  noFindings: 'Không có điểm nào cần xem lại.',
  unsure: (count) => `${count} chỗ đọc chưa chắc chắn, nên đối chiếu với văn bản.`,
}

const en: ReadWords = {
  noFile: 'Name the files to read.',
  noSuchFile: (code) =>
    code === 'ENOENT' ? 'there is no such file.' : `the file can't be opened (${code}).`,
  reading: (index, of, file) => `Reading ${index}/${of}: ${file}`,
  page: (file, page, of) => `${file}: recognising letters, page ${page}/${of}`,
  summary: (read, unread) => `Read: ${read}${unread > 0 ? `; could not be read: ${unread}` : ''}.`,
  notAPlan: 'There is no plan in this document; only its head, bases, recipients and signatory are read.',
  noSubject: '(no subject)',
  number: 'Number',
  date: 'Date',
  issuer: 'Issuer',
  superior: 'Superior body',
  signatory: 'Signed by',
  promulgatedBy: 'Promulgated by',
  bases: 'Bases',
  events: 'Conferences and events',
  targets: 'Targets',
  tasks: 'Tasks',
  task: 'Task',
  lead: 'Lead',
  with: 'With',
  due: 'Due',
  reports: 'Report duties',
  from: 'From',
  to: 'To',
  recipients: 'Recipients',
  annexes: 'Annexes',
  annexMissing: 'not in the file',
  findings: 'To be looked at',
  noFindings: 'Nothing to be looked at.',
  unsure: (count) => `Places read without certainty: ${count}. Compare them with the document.`,
}

/** What `trienkhai read` says around what it has read. */
export const readWords: Record<Language, ReadWords> = { vi, en }
