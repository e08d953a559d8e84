import type { Language } from '@trienkhai/vietnamese/language.ts'
import type { SettingProblem } from '#env.ts'

interface StartWords {
  makingDatabase: string
  orphanStopped: string
  dataElsewhere: (folder: string) => string
  migrating: (file: string) => string
  seeding: (cells: number) => string
  building: string
  built: (seconds: number) => string
  buildFailed: string
  portTaken: (port: number, host: string) => string
  addressUnknown: (host: string) => string
  portForbidden: (port: number) => string
  databaseEnded: string
  ready: (address: string) => string
  signIn: string
  stopHint: string
  stopping: string
  stopped: string
  working: string
  wrongSetting: (problem: SettingProblem) => string
  noRunningCopy: (folder: string) => string
  notEmpty: string
  upToDate: string
  wrongCells: string
}

const vi: StartWords = {
  makingDatabase: 'Đang tạo cơ sở dữ liệu…',
  orphanStopped: 'Đã dừng cơ sở dữ liệu còn sót lại của lần chạy trước.',
  dataElsewhere: (folder) => `Thư mục dữ liệu không mở được cho cơ sở dữ liệu, nên dữ liệu đặt ở ${folder}.`,
  migrating: (file) => `Nâng cấp cơ sở dữ liệu: ${file}`,
  seeding: (cells) => `Đang thêm dữ liệu mẫu (${cells} chi bộ)…`,
  building: 'Đang dựng trang web…',
  built: (seconds) => `Đã dựng xong trang web trong ${seconds} giây.`,
  buildFailed: 'Không dựng được trang web:',
  portTaken: (port, host) =>
    `Cổng ${port} trên ${host} đang có chương trình khác dùng. Hãy chọn cổng khác, ví dụ: PORT=${port + 1} npm start`,
  addressUnknown: (host) => `Máy này không có địa chỉ mạng ${host}. Hãy kiểm tra HOST.`,
  portForbidden: (port) => `Không được phép dùng cổng ${port}. Hãy chọn cổng từ 1024 trở lên.`,
  databaseEnded: 'Cơ sở dữ liệu đã dừng ngoài ý muốn; chương trình dừng theo.',
  ready: (address) => `Triển Khai đang chạy tại ${address}`,
  signIn: 'Đăng nhập bằng một tài khoản mẫu',
  stopHint: 'Nhấn Ctrl-C để dừng.',
  stopping: 'Đang dừng…',
  stopped: 'Đã dừng. Dữ liệu được giữ nguyên.',
  working: 'Đang chạy việc nền. Nhấn Ctrl-C để dừng.',
  wrongSetting: ({ name, given, wanted }) => `Thiết lập ${name}=${given} không đúng: cần ${wanted.vi}.`,
  noRunningCopy: (folder) => `Không có bản nào đang chạy trên ${folder}, cũng không có DATABASE_URL.`,
  notEmpty: 'Cơ sở dữ liệu đã có dữ liệu; dữ liệu mẫu chỉ được thêm vào cơ sở dữ liệu trống.',
  upToDate: 'Cơ sở dữ liệu đã đúng phiên bản.',
  wrongCells: '--cells phải là số nguyên từ 10 đến 20000.',
}

const en: StartWords = {
  makingDatabase: 'Making the database…',
  orphanStopped: 'Stopped the database that an earlier run had left behind.',
  dataElsewhere: (folder) => `The database may not walk into the data folder, so the data are in ${folder}.`,
  migrating: (file) => `Migrating the database: ${file}`,
  seeding: (cells) => `Adding sample data (${cells} cells)…`,
  building: 'Building the pages…',
  built: (seconds) => `Built the pages in ${seconds} s.`,
  buildFailed: 'The pages could not be built:',
  portTaken: (port, host) =>
    `Port ${port} on ${host} is in use by another program. Choose another, for example: PORT=${port + 1} npm start`,
  addressUnknown: (host) => `This machine has no network address ${host}. Check HOST.`,
  portForbidden: (port) => `Port ${port} is not allowed. Choose one from 1024 up.`,
  databaseEnded: 'The database ended unexpectedly; stopping.',
  ready: (address) => `Triển Khai is running at ${address}`,
  signIn: 'Sign in with a sample account',
  stopHint: 'Press Ctrl-C to stop.',
  stopping: 'Stopping…',
  stopped: 'Stopped. Your data are kept.',
  working: 'Doing background jobs. Press Ctrl-C to stop.',
  wrongSetting: ({ name, given, wanted }) => `The setting ${name}=${given} is wrong: it takes ${wanted.en}.`,
  noRunningCopy: (folder) => `No copy is running on ${folder}, and there is no DATABASE_URL.`,
  notEmpty: 'The database holds data already; sample data go into an empty one only.',
  upToDate: 'The database is up to date.',
  wrongCells: '--cells takes a whole number from 10 to 20000.',
}

/** What the commands say while they start, run and stop the product. */
export const startWords: Record<Language, StartWords> = { vi, en }
