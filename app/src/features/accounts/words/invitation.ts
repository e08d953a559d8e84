import { inBothLanguages } from '@trienkhai/vietnamese/language.ts'

export const invitationWords = inBothLanguages({
  vi: {
    title: 'Nhận tài khoản',
    resetTitle: 'Đặt mật khẩu mới',
    enter: 'Nhập mã trên giấy mời',
    enterMeans: 'Mã gồm 12 chữ và số, ví dụ K7MP-3XQ9-TTA2. Không phân biệt chữ hoa, chữ thường.',
    code: 'Mã mời',
    goOn: 'Tiếp tục',
    hello: (name: string): string => `Chào đồng chí ${name}.`,
    username: 'Tên đăng nhập',
    keep: 'Ghi nhớ tên đăng nhập này cho những lần sau.',
    choose: 'Chọn mật khẩu',
    again: 'Nhập lại mật khẩu',
    finish: 'Đặt mật khẩu và vào làm việc',
    over: 'Mã hoặc liên kết này không dùng được.',
    overMend: 'Có thể đã dùng rồi, đã hết hạn, đã bị thu hồi hoặc gõ nhầm. Xin quản trị của cơ quan cấp lại.',
    wait: 'Đã thử quá nhiều lần. Chờ vài phút rồi nhập lại.',
  },
  en: {
    title: 'Take your account',
    resetTitle: 'Set a new password',
    enter: 'Enter the code of the slip',
    enterMeans: 'It has 12 letters and figures, such as K7MP-3XQ9-TTA2. Capitals do not matter.',
    code: 'Code',
    goOn: 'Go on',
    hello: (name: string): string => `Welcome, ${name}.`,
    username: 'User name',
    keep: 'Keep this user name in mind for the next time.',
    choose: 'Choose a password',
    again: 'The password once more',
    finish: 'Set the password and go in',
    over: 'This code or link does not work.',
    overMend:
      'It may have been used, run out, been taken back or mistyped. Ask your administrator for a new one.',
    wait: 'Too many tries. Wait a few minutes, then enter it again.',
  },
})
