import { inBothLanguages } from '@trienkhai/vietnamese/language.ts'
import type { LetterDetails } from './schema.ts'

export const letterWords = inBothLanguages({
  vi: {
    greeting: (name: string): string => `Kính gửi đồng chí ${name},`,
    footer: 'Thư này do phần mềm Triển khai gửi tự động, không cần trả lời.',
    until: (moment: string): string => `Liên kết dùng được một lần, đến ${moment}.`,
    notYou: 'Nếu đồng chí không yêu cầu, xin bỏ qua thư này: mật khẩu vẫn như cũ.',
    invitation: {
      subject: 'Mời sử dụng phần mềm Triển khai',
      body: ({ organisation, username }: LetterDetails): string =>
        `${organisation ?? 'Cơ quan'} đã lập tài khoản cho đồng chí trên phần mềm Triển khai. Tên đăng nhập: ${username ?? ''}. Mở liên kết dưới đây để đặt mật khẩu và đăng nhập lần đầu.`,
      link: 'Nhận tài khoản',
    },
    reset: {
      subject: 'Đặt mật khẩu mới',
      body: ({ username }: LetterDetails): string =>
        `Có yêu cầu đặt mật khẩu mới cho tài khoản ${username ?? ''}. Mở liên kết dưới đây để đặt mật khẩu mới.`,
      link: 'Đặt mật khẩu mới',
    },
    'password-changed': {
      subject: 'Mật khẩu đã được thay đổi',
      body: ({ username }: LetterDetails): string =>
        `Mật khẩu của tài khoản ${username ?? ''} vừa được thay đổi. Nếu không phải đồng chí làm việc này, xin báo ngay cho quản trị của cơ quan.`,
      link: '',
    },
    'passkey-added': {
      subject: 'Tài khoản vừa có thêm khóa truy cập',
      body: ({ username }: LetterDetails): string =>
        `Tài khoản ${username ?? ''} vừa được thêm một khóa truy cập để đăng nhập. Nếu không phải đồng chí làm việc này, xin gỡ khóa ở trang tài khoản, đổi mật khẩu và báo ngay cho quản trị của cơ quan.`,
      link: '',
    },
    'app-password-made': {
      subject: 'Tài khoản vừa có thêm mật khẩu ứng dụng',
      body: ({ username }: LetterDetails): string =>
        `Tài khoản ${username ?? ''} vừa được tạo một mật khẩu ứng dụng để đọc lịch công tác. Nếu không phải đồng chí làm việc này, xin thu hồi mật khẩu ấy ở trang tài khoản, đổi mật khẩu và báo ngay cho quản trị của cơ quan.`,
      link: '',
    },
  },
  en: {
    greeting: (name: string): string => `Dear ${name},`,
    footer: 'This letter was sent by Triển khai by itself; no answer is needed.',
    until: (moment: string): string => `The link works once, until ${moment}.`,
    notYou: 'If you did not ask for this, leave it: the password stays as it was.',
    invitation: {
      subject: 'Your invitation to Triển khai',
      body: ({ organisation, username }: LetterDetails): string =>
        `${organisation ?? 'Your office'} has made an account for you in Triển khai. Your user name is ${username ?? ''}. Open the link below to set a password and sign in for the first time.`,
      link: 'Take the account',
    },
    reset: {
      subject: 'Set a new password',
      body: ({ username }: LetterDetails): string =>
        `A new password was asked for, for the account ${username ?? ''}. Open the link below to set it.`,
      link: 'Set a new password',
    },
    'password-changed': {
      subject: 'Your password was changed',
      body: ({ username }: LetterDetails): string =>
        `The password of the account ${username ?? ''} has just been changed. If that was not you, tell your administrator at once.`,
      link: '',
    },
    'passkey-added': {
      subject: 'A passkey was added to your account',
      body: ({ username }: LetterDetails): string =>
        `A passkey that signs in to the account ${username ?? ''} has just been added. If that was not you, remove it on your account page, change your password and tell your administrator at once.`,
      link: '',
    },
    'app-password-made': {
      subject: 'An app password was made for your account',
      body: ({ username }: LetterDetails): string =>
        `An app password that reads the calendar of the account ${username ?? ''} has just been made. If that was not you, revoke it on your account page, change your password and tell your administrator at once.`,
      link: '',
    },
  },
})

export const outboxWords = inBothLanguages({
  vi: {
    title: 'Thư chờ gửi',
    means: 'Thư của phần mềm gửi ra ngoài: thư mời, thư đặt mật khẩu.',
    noServer: 'Chưa cấu hình máy chủ thư (SMTP_URL): thư nằm lại đây để in hoặc gửi sau.',
    empty: 'Không có thư nào.',
    emptyMend: 'Thư mời và thư đặt mật khẩu sẽ hiện ở đây.',
    to: 'Người nhận',
    letter: 'Thư',
    state: 'Trạng thái',
    states: { waiting: 'chờ gửi', sent: 'đã gửi', failed: 'không gửi được', discarded: 'đã bỏ' },
    all: 'Tất cả',
    kinds: {
      invitation: 'Thư mời',
      reset: 'Đặt mật khẩu mới',
      'password-changed': 'Báo đổi mật khẩu',
      'passkey-added': 'Báo thêm khóa truy cập',
      'app-password-made': 'Báo tạo mật khẩu ứng dụng',
    },
    attempts: (count: string): string => `đã thử ${count} lần`,
    sendAll: 'Gửi các thư đang chờ',
    send: 'Gửi lại',
    discard: 'Bỏ thư này',
    queued: (count: string): string => `Đã đưa ${count} thư vào hàng gửi.`,
    back: 'Về danh sách thư',
    linkHidden: 'Thư đã đóng nên liên kết không còn được giữ.',
    linkNotYours:
      'Liên kết không hiện ở đây: người nhận là chính mình, hoặc có quyền ngoài phạm vi quản trị. Cấp trên quản trị được tài khoản này mới in được thư.',
    print: 'In bằng lệnh in của trình duyệt (Ctrl+P).',
  },
  en: {
    title: 'Outbox',
    means: 'Letters that go out: invitations, new passwords.',
    noServer: 'No mail server is set (SMTP_URL): letters stay here to be printed or sent later.',
    empty: 'There are no letters.',
    emptyMend: 'Invitations and letters about passwords will show here.',
    to: 'To',
    letter: 'Letter',
    state: 'State',
    states: { waiting: 'waiting', sent: 'sent', failed: 'not sent', discarded: 'discarded' },
    all: 'All',
    kinds: {
      invitation: 'Invitation',
      reset: 'New password',
      'password-changed': 'Password changed',
      'passkey-added': 'Passkey added',
      'app-password-made': 'App password made',
    },
    attempts: (count: string): string => `tries: ${count}`,
    sendAll: 'Send what waits',
    send: 'Send again',
    discard: 'Discard this letter',
    queued: (count: string): string => `Letters put in line: ${count}.`,
    back: 'Back to the letters',
    linkHidden: 'The letter is closed, so its link is no longer kept.',
    linkNotYours:
      'The link is not shown here: the letter is to yourself, or to somebody with rights outside what you administer. An administrator above can print it.',
    print: "Print it by the browser's own command (Ctrl+P).",
  },
})
