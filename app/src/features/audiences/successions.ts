/**
 * Bodies that older plans name and that have ended, with who took their work over at the same level. Data with its
 * day: from 01/7/2025 a commune's committee has one Ban Xây dựng Đảng for organisation, propaganda and mass
 * mobilisation, its People's Committee two or three rooms, and the district level is gone.
 */
export interface Succession {
  /** The name that ended, folded and written out, without its level. */
  former: string
  level: 'commune' | 'province'
  /** Names of the successor, folded, the likeliest first: offices name their rooms differently. */
  now: readonly string[]
  /** How the former body is called in a sentence. */
  name: string
  until: string
}

const reform2025 = '2025-07-01'
const merger2025 = '2025-02-01'

function ended(
  level: Succession['level'],
  until: string,
  now: readonly string[],
  names: Record<string, string>,
): Succession[] {
  return Object.entries(names).map(([former, name]) => ({ former, level, now, name, until }))
}

export const successions: readonly Succession[] = [
  ...ended('commune', reform2025, ['ban xay dung dang'], {
    'ban tuyen giao': 'Ban Tuyên giáo',
    'ban to chuc': 'Ban Tổ chức',
    'ban dan van': 'Ban Dân vận',
    'ban tuyen giao dan van': 'Ban Tuyên giáo và Dân vận',
    'bo phan tuyen giao': 'bộ phận Tuyên giáo',
    'khoi dan van': 'Khối Dân vận',
  }),
  ...ended('commune', reform2025, ['trung tam chinh tri'], {
    'trung tam boi duong chinh tri': 'Trung tâm bồi dưỡng chính trị',
  }),
  ...ended('commune', reform2025, ['phong van hoa xa hoi'], {
    'phong giao duc dao tao': 'Phòng Giáo dục và Đào tạo',
    'phong van hoa thong tin': 'Phòng Văn hóa và Thông tin',
    'phong noi vu': 'Phòng Nội vụ',
    'phong lao dong thuong binh xa hoi': 'Phòng Lao động - Thương binh và Xã hội',
    'phong y te': 'Phòng Y tế',
  }),
  ...ended('commune', reform2025, ['phong kinh te', 'phong kinh te ha tang do thi'], {
    'phong tai chinh ke hoach': 'Phòng Tài chính - Kế hoạch',
    'phong nong nghiep phat trien nong thon': 'Phòng Nông nghiệp và Phát triển nông thôn',
    'phong tai nguyen moi truong': 'Phòng Tài nguyên và Môi trường',
    'phong kinh te ha tang': 'Phòng Kinh tế và Hạ tầng',
  }),
  ...ended('commune', reform2025, ['trung tam dich vu tong hop', 'trung tam cung ung dich vu cong'], {
    'trung tam van hoa thong tin the thao': 'Trung tâm Văn hóa - Thông tin và Thể thao',
    'dai truyen thanh': 'Đài truyền thanh',
  }),
  ...ended('province', merger2025, ['ban tuyen giao dan van'], {
    'ban tuyen giao': 'Ban Tuyên giáo',
    'ban dan van': 'Ban Dân vận',
  }),
]
