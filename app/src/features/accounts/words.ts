import { inBothLanguages } from '@trienkhai/vietnamese/language.ts'

export const accountWords = inBothLanguages({
  vi: {
    signIn: 'Đăng nhập',
    signOut: 'Đăng xuất',
    username: 'Tên đăng nhập',
    password: 'Mật khẩu',
    wrong: 'Tên đăng nhập hoặc mật khẩu không đúng.',
    wrongMend: 'Kiểm tra lại bộ gõ tiếng Việt và phím Caps Lock rồi nhập lại.',
    missing: 'Nhập cả tên đăng nhập và mật khẩu.',
    purpose: 'Từ kế hoạch đã ký đến báo cáo đã nộp.',
    role: {
      officer: 'cán bộ văn phòng',
      secretary: 'bí thư',
      member: 'đảng viên',
      supervisor: 'cấp ủy viên phụ trách',
      administrator: 'quản trị',
    },
  },
  en: {
    signIn: 'Sign in',
    signOut: 'Sign out',
    username: 'User name',
    password: 'Password',
    wrong: 'The user name or the password is not right.',
    wrongMend: 'Check the Vietnamese keyboard and Caps Lock, then try again.',
    missing: 'Enter both the user name and the password.',
    purpose: 'From the signed plan to the finished report.',
    role: {
      officer: 'office staff',
      secretary: 'secretary',
      member: 'member',
      supervisor: 'supervising committee member',
      administrator: 'administrator',
    },
  },
})
