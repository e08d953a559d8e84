import type { Language } from '@trienkhai/vietnamese/language.ts'
import type { CannotStartReason } from '#server/database/cannot-start.ts'

/** Why the product can't come up, and what to do about it: one or two sentences. */
export function sayWhyNot(reason: CannotStartReason, language: Language): string {
  return language === 'vi' ? inVietnamese(reason) : inEnglish(reason)
}

function inVietnamese(reason: CannotStartReason): string {
  switch (reason.code) {
    case 'already-running':
      return `Một bản khác đang chạy trên cùng thư mục dữ liệu ${reason.folder} (tiến trình ${reason.processId}). Hãy dừng bản đó trước, hoặc đặt DATA_DIR là thư mục khác.`
    case 'other-version':
      return `Thư mục dữ liệu ${reason.folder} do PostgreSQL ${reason.found} tạo ra, chương trình này dùng PostgreSQL ${reason.wanted}. Hãy chạy bằng phiên bản cũ của chương trình, hoặc đặt DATA_DIR là thư mục khác.`
    case 'other-user':
      return `Thư mục dữ liệu ${reason.folder} thuộc về tài khoản khác trên máy. Hãy chạy bằng đúng tài khoản đã tạo ra nó, hoặc đặt DATA_DIR là thư mục khác.`
    case 'nameless-account':
      return `Tài khoản số ${reason.uid} của máy không có tên trong /etc/passwd nên không tạo được cơ sở dữ liệu đi kèm. Hãy chạy bằng một tài khoản có tên, hoặc đặt DATABASE_URL.`
    case 'disk-full':
      return `Ổ đĩa chứa ${reason.folder} đã đầy. Dữ liệu đang có vẫn nguyên vẹn; hãy giải phóng chỗ trống rồi chạy lại.`
    case 'folder-not-writable':
      return `Không ghi được vào thư mục ${reason.folder}. Hãy cấp quyền ghi, hoặc đặt DATA_DIR là thư mục khác.`
    case 'no-embedded-database':
      return `Không có cơ sở dữ liệu đi kèm cho hệ máy ${reason.platform}. Hãy chạy lại lệnh cài đặt, hoặc đặt DATABASE_URL là địa chỉ một máy chủ PostgreSQL 15 trở lên.`
    case 'embedded-failed':
      return `Cơ sở dữ liệu đi kèm không khởi động được. Nhật ký ở ${reason.log}:\n${reason.detail}`
    case 'database-unreachable':
      return `Không kết nối được cơ sở dữ liệu ${reason.address}: ${reason.detail}. Hãy kiểm tra DATABASE_URL.`
    case 'database-too-old':
      return `Máy chủ cơ sở dữ liệu là PostgreSQL ${reason.found}; cần PostgreSQL 15 trở lên.`
    case 'database-newer':
      return `Cơ sở dữ liệu ở phiên bản ${reason.version}, mới hơn chương trình (${reason.known}). Hãy cập nhật chương trình.`
    case 'migration-changed':
      return `Tệp nâng cấp ${reason.file} đã bị sửa sau khi được áp dụng. Hãy trả tệp về như cũ và viết thay đổi vào tệp mới; nếu đang phát triển thì xóa thư mục dữ liệu.`
    case 'migration-failed':
      return `Nâng cấp cơ sở dữ liệu không thành công ở tệp ${reason.file}: ${reason.detail}. Chưa có gì bị thay đổi.`
  }
}

function inEnglish(reason: CannotStartReason): string {
  switch (reason.code) {
    case 'already-running':
      return `Another copy is running on the same data folder ${reason.folder} (process ${reason.processId}). Stop that one first, or set DATA_DIR to another folder.`
    case 'other-version':
      return `The data folder ${reason.folder} was made by PostgreSQL ${reason.found}; this program uses PostgreSQL ${reason.wanted}. Run the older program, or set DATA_DIR to another folder.`
    case 'other-user':
      return `The data folder ${reason.folder} belongs to another account of this machine. Run as the account that made it, or set DATA_DIR to another folder.`
    case 'nameless-account':
      return `The account number ${reason.uid} has no name in /etc/passwd, so the embedded database can't be made. Run as an account with a name, or set DATABASE_URL.`
    case 'disk-full':
      return `The disk that holds ${reason.folder} is full. The data are unharmed; make room and start again.`
    case 'folder-not-writable':
      return `The folder ${reason.folder} can't be written to. Allow it, or set DATA_DIR to another folder.`
    case 'no-embedded-database':
      return `There is no embedded database for ${reason.platform} here. Run the install command again, or set DATABASE_URL to a PostgreSQL 15 or later.`
    case 'embedded-failed':
      return `The embedded database did not start. Its log is ${reason.log}:\n${reason.detail}`
    case 'database-unreachable':
      return `The database ${reason.address} can't be reached: ${reason.detail}. Check DATABASE_URL.`
    case 'database-too-old':
      return `The database server is PostgreSQL ${reason.found}; PostgreSQL 15 or later is needed.`
    case 'database-newer':
      return `The database is at version ${reason.version}, newer than the program (${reason.known}). Update the program.`
    case 'migration-changed':
      return `The migration ${reason.file} was edited after it had been applied. Put it back and write the change as the next file; while developing, delete the data folder.`
    case 'migration-failed':
      return `Migrating the database failed at ${reason.file}: ${reason.detail}. Nothing was changed.`
  }
}
