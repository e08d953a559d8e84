import { ancestors, type Node } from '../outline/outline.ts'

/** What a section is about, told by its title. */
export type SectionKind =
  | 'purpose'
  | 'requirement'
  | 'purpose-and-requirement'
  | 'carrying-out'
  | 'time'
  | 'place'
  | 'people'
  | 'programme'
  | 'materials'
  | 'targets'
  | 'reporting'
  | 'money'
  | 'work'
  | 'other'

/** The one table of titles: which section is read for what. The first that fits, wins. Titles are folded. */
const titles: readonly (readonly [RegExp, SectionKind])[] = [
  [
    /muc dich.*yeu cau|yeu cau.*muc dich|muc tieu,? yeu cau|quan diem,? muc tieu,? yeu cau|y nghia,? yeu cau/,
    'purpose-and-requirement',
  ],
  [/^(?:ve )?muc dich\b/, 'purpose'],
  [/^(?:ve )?yeu cau\b(?! doi voi (?:thi sinh|tac pham|bai))/, 'requirement'],
  [
    /to chuc thuc hien|phan cong (?:nhiem vu|thuc hien|trach nhiem|to chuc|mot so)|trach nhiem (?:thuc hien|cua|cac)|to chuc trien khai|bien phap (?:to chuc )?thuc hien|phan cong$|cong tac phoi hop|^to chuc thuc$|to chuc,? chi dao|nhiem vu cu the cua|tien do va phan cong/,
    'carrying-out',
  ],
  [
    /che do (?:thong tin,? )?bao cao|^(?:thong tin,? )?bao cao(?! vien)|cong tac bao cao|so ket,? tong ket|thoi gian bao cao/,
    'reporting',
  ],
  [/kinh phi|nguon luc tai chinh/, 'money'],
  [
    /^chuong trinh(?! cong tac| hanh dong| muc tieu)|noi dung chuong trinh|kich ban|tien trinh|noi dung,? chuong trinh/,
    'programme',
  ],
  [/thoi gian|dia diem/, 'time'],
  [
    /^(?:thanh (?:phan|tham)|doi tuong|thi sinh|tieu chuan|dieu kien (?:du thi|xet|tham)|dai bieu|so luong|bao cao vien|giang vien|chu tri(?: hoi nghi)?$)|thanh phan (?:tham|du|moi)|khach moi/,
    'people',
  ],
  [/^tai lieu|tai lieu (?:hoc tap|nghien cuu|sinh hoat|tuyen truyen|phuc vu)/, 'materials'],
  [/chi tieu|muc tieu/, 'targets'],
  [/nhiem vu|giai phap|noi dung|hoat dong|cong tac/, 'work'],
]

const byPlace = /^dia diem/
// "NỘI DUNG, THỜI GIAN, HÌNH THỨC" says what is done, and when as well.
const mixedWork = /^(?:ve )?(?:noi dung|nhiem vu|cac hoat dong|hoat dong|hinh thuc|cach thuc)\b.*thoi gian/

/** What a title says its section is. */
export function kindOfTitle(key: string): SectionKind {
  if (byPlace.test(key)) return 'place'
  if (mixedWork.test(key)) return 'work'
  for (const [form, kind] of titles) if (form.test(key)) return kind
  return 'other'
}

/** What the nearest headings above a node say, from the nearest up. */
export function kindsAbove(node: Node): SectionKind[] {
  const kinds: SectionKind[] = []
  for (const above of ancestors(node)) if (above.title) kinds.push(kindOfTitle(titleKey(above)))
  return kinds
}

/** The folded title of a heading. */
export function titleKey(node: Node): string {
  return node.title && node.line ? node.line.key.slice(0, node.title.text.length) : ''
}
