import type { Language } from '@trienkhai/vietnamese/language.ts'

/** What was done, in words that go on after a name: "Lê Thị Hoa · Triển khai kế hoạch". */
const operations: Readonly<Record<string, readonly [vi: string, en: string]>> = {
  'document.bring-in': ['Nhận văn bản', 'Brought in a document'],
  'document.discard': ['Bỏ văn bản', 'Discarded a document'],

  'plan.review.confirm': ['Xác nhận nội dung rà soát', 'Confirmed a field of the review'],
  'plan.review.unconfirm': ['Bỏ xác nhận nội dung rà soát', 'Took back a confirmation'],
  'plan.review.confirm-all': ['Xác nhận toàn bộ nội dung rà soát', 'Confirmed the whole review'],
  'plan.review.edit': ['Sửa nội dung rà soát', 'Edited a field of the review'],
  'plan.review.restore': ['Trả nội dung về như văn bản', 'Put back what the document says'],
  'plan.review.remove': ['Bỏ một mục khỏi bản rà soát', 'Took a line out of the review'],
  'plan.review.bring-back': ['Đưa lại một mục vào bản rà soát', 'Brought a line back into the review'],
  'plan.review.add': ['Thêm một mục vào bản rà soát', 'Added a line to the review'],
  'plan.review.set-head': ['Sửa phần đầu văn bản', 'Set the head of the document'],
  'plan.review.mend': ['Sửa theo gợi ý của cảnh báo', 'Mended a finding'],
  'plan.review.dismiss': ['Bỏ qua một cảnh báo', 'Dismissed a finding'],
  'plan.review.reopen': ['Mở lại một cảnh báo', 'Reopened a finding'],
  'plan.review.audience': ['Chọn đơn vị cho một cụm từ', 'Chose whom a phrase stands for'],
  'plan.launch': ['Triển khai kế hoạch', 'Launched a plan'],
  'plan.withdraw': ['Thu hồi kế hoạch', 'Withdrew a plan'],
  'plan.review-again': ['Rà soát lại kế hoạch đã thu hồi', 'Took up a withdrawn plan again'],
  'plan.amend': ['Điều chỉnh kế hoạch', 'Amended a plan'],
  'plan.close': ['Kết thúc kế hoạch', 'Closed a plan'],
  'plan.reopen': ['Mở lại kế hoạch đã kết thúc', 'Reopened a closed plan'],

  'assignment.start': ['Bắt đầu thực hiện', 'Started an assignment'],
  'assignment.note': ['Ghi tiến độ', 'Noted progress'],
  'assignment.done': ['Báo hoàn thành', 'Said that an assignment is done'],
  'assignment.reopen': ['Mở lại việc đã xong', 'Reopened an assignment'],
  'assignment.attach': ['Nộp minh chứng', 'Added evidence'],
  'assignment.detach': ['Gỡ minh chứng', 'Took evidence away'],
  'assignment.link': ['Dẫn đường liên kết làm minh chứng', 'Gave a link as evidence'],
  'obstacle.raise': ['Nêu vướng mắc', 'Raised an obstacle'],
  'obstacle.answer': ['Trả lời vướng mắc', 'Answered an obstacle'],
  'report.submit': ['Nộp báo cáo', 'Submitted a report'],

  'paper.create': ['Soạn văn bản', 'Began a paper'],
  'paper.write': ['Sửa lời văn bản', 'Wrote in a paper'],
  'paper.frame': ['Sửa khung văn bản', 'Changed the frame of a paper'],
  'paper.add-section': ['Thêm một phần', 'Added a section'],
  'paper.omit-section': ['Bỏ một phần', 'Left out a section'],
  'paper.restore-section': ['Đưa lại một phần', 'Put back a section'],
  'paper.refresh': ['Cập nhật số liệu', 'Refreshed the figures'],
  'paper.issue': ['Ghi nhận ban hành', 'Said that a paper was issued'],
  'paper.correct-issue': ['Sửa số và ngày ban hành', 'Corrected number and day of issue'],
  'paper.follow': ['Soạn văn bản tiếp theo', 'Began a paper that follows another'],
  'paper.discard': ['Bỏ bản thảo', 'Discarded a draft'],

  'organisation.begin': ['Lập tổ chức', 'Founded an organisation'],
  'organisation.change': ['Sửa thông tin tổ chức', 'Changed an organisation'],
  'organisation.move': ['Chuyển tổ chức sang cấp trên khác', 'Moved an organisation'],
  'organisation.end': ['Kết thúc hoạt động của tổ chức', 'Ended an organisation'],
  'reorganisation.draft': ['Lập phương án sắp xếp', 'Drafted a reorganisation'],
  'reorganisation.edit': ['Sửa phương án sắp xếp', 'Edited a reorganisation'],
  'reorganisation.add-steps': ['Thêm bước sắp xếp', 'Added steps to a reorganisation'],
  'reorganisation.edit-step': ['Sửa bước sắp xếp', 'Edited a step of a reorganisation'],
  'reorganisation.remove-steps': ['Bỏ bước sắp xếp', 'Removed steps of a reorganisation'],
  'reorganisation.schedule': ['Hẹn ngày thực hiện sắp xếp', 'Scheduled a reorganisation'],
  'reorganisation.unschedule': ['Hoãn sắp xếp', 'Took a reorganisation off its day'],
  'reorganisation.take-effect': ['Thực hiện sắp xếp', 'A reorganisation took effect'],
  'reorganisation.drop': ['Bỏ phương án sắp xếp', 'Dropped a reorganisation'],

  'organisation.correct': ['Sửa sai sót về quá khứ của tổ chức', 'Corrected an organisation’s past'],
  'organisation.place-beside': [
    'Đặt tổ chức vào một hệ thống nữa',
    'Placed an organisation in another hierarchy',
  ],

  'import.bring-in': ['Nhận bảng để nhập', 'Brought in a sheet'],
  'import.apply': ['Nhập dữ liệu từ bảng', 'Imported a sheet'],
  'import.undo': ['Hoàn tác lần nhập', 'Took an import back'],
  'list.export': ['Xuất danh sách', 'Took a list out'],
  'import.discard': ['Bỏ bảng chưa nhập', 'Discarded a sheet'],

  'account.create': ['Lập tài khoản', 'Made an account'],
  'account.invite': ['Mời nhận tài khoản', 'Invited somebody'],
  'account.revoke-invitation': ['Thu hồi lời mời', 'Took an invitation back'],
  'account.reset': ['Cấp lại mật khẩu', 'Had a password set anew'],
  'account.switch-on': ['Mở lại tài khoản', 'Switched an account on'],
  'account.switch-off': ['Khoá tài khoản', 'Switched an account off'],
  'account.unlock': ['Bỏ chờ khi đăng nhập sai', 'Let an account try again at once'],
  'account.clear-two-step': ['Gỡ bước xác thực thứ hai', 'Took off the second step of signing in'],
  'account.change-password': ['Đổi mật khẩu', 'Changed a password'],
  'two-step.decide': ['Quyết định bắt buộc xác thực hai bước', 'Decided who must take two steps to sign in'],
  'right.give': ['Giao quyền', 'Gave a right'],
  'right.end': ['Kết thúc quyền', 'Ended a right'],
  'letter.discard': ['Bỏ thư chờ gửi', 'Discarded a letter'],
  'letter.send-again': ['Gửi lại thư', 'Sent a letter again'],
  'app-password.make': ['Tạo mật khẩu ứng dụng', 'Made an app password'],
  'app-password.revoke': ['Thu hồi mật khẩu ứng dụng', 'Revoked an app password'],

  'record.export': ['Xuất nhật ký', 'Exported the record'],
  'personal-data.export': ['Tải dữ liệu cá nhân của mình', 'Exported one’s own personal data'],
  'personal-data.ask-erasure': ['Đề nghị xoá dữ liệu cá nhân', 'Asked for personal data to be erased'],
  'personal-data.withdraw-erasure': ['Rút đề nghị xoá dữ liệu', 'Withdrew a request for erasure'],
  'personal-data.refuse-erasure': ['Từ chối xoá dữ liệu cá nhân', 'Refused to erase personal data'],
  'personal-data.erase': ['Xoá dữ liệu cá nhân', 'Erased personal data'],
  'personal-data.retire': ['Xoá dữ liệu hết thời hạn lưu', 'Removed data past their term'],
}

/** What an operation is called; its own name where nobody has given it words. */
export function nameOperation(operation: string, language: Language): string {
  const words = operations[operation]
  return words ? words[language === 'vi' ? 0 : 1] : operation
}

export const namedOperations: readonly string[] = Object.keys(operations)
