import { inBothLanguages } from '@trienkhai/vietnamese/language.ts'

export const accountWords = inBothLanguages({
  vi: {
    signOut: 'Đăng xuất',
    role: {
      officer: 'cán bộ văn phòng',
      secretary: 'bí thư',
      member: 'đảng viên',
      supervisor: 'cấp ủy viên phụ trách',
      administrator: 'quản trị',
      approver: 'người duyệt',
      viewer: 'người xem',
      personnel: 'cán bộ tổ chức',
      guest: 'khách',
    },
  },
  en: {
    signOut: 'Sign out',
    role: {
      officer: 'office staff',
      secretary: 'secretary',
      member: 'member',
      supervisor: 'supervising committee member',
      administrator: 'administrator',
      approver: 'approver',
      viewer: 'viewer',
      personnel: 'personnel officer',
      guest: 'guest',
    },
  },
})
