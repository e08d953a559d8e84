/**
 * Short forms of bodies and posts as offices write them. Data, not rules: add a line. Case counts, since "TH" is a
 * school and "th" nothing; a short form stands for its full words wherever it is a word of its own.
 */
interface ShortForm {
  short: string
  full: string
  /** Only where what follows begins so. */
  before?: RegExp
}

const committeeAhead = /^\s*(?:Tỉnh|Thành|Huyện|Quận|Thị|Đảng|ĐU|TU|HU|ThU|QU|Ủy|UBND|HĐND|MTTQ|UBMTTQ)/u

const shortForms: readonly ShortForm[] = [
  { short: 'UBMTTQVN', full: 'Ủy ban Mặt trận Tổ quốc Việt Nam' },
  { short: 'UBMTTQ', full: 'Ủy ban Mặt trận Tổ quốc' },
  { short: 'MTTQVN', full: 'Mặt trận Tổ quốc Việt Nam' },
  { short: 'MTTQ', full: 'Mặt trận Tổ quốc' },
  { short: 'UBND', full: 'Ủy ban nhân dân' },
  { short: 'HĐND', full: 'Hội đồng nhân dân' },
  { short: 'UBKT', full: 'Ủy ban Kiểm tra' },
  { short: 'BTGDV', full: 'Ban Tuyên giáo và Dân vận' },
  { short: 'BTG', full: 'Ban Tuyên giáo' },
  { short: 'BDV', full: 'Ban Dân vận' },
  { short: 'BTC', full: 'Ban Tổ chức' },
  { short: 'BNC', full: 'Ban Nội chính' },
  { short: 'BXDĐ', full: 'Ban Xây dựng Đảng' },
  { short: 'XDĐ', full: 'Xây dựng Đảng' },
  { short: 'BCHQS', full: 'Ban Chỉ huy Quân sự' },
  { short: 'CHQS', full: 'Chỉ huy Quân sự' },
  { short: 'BCH', full: 'Ban Chấp hành' },
  { short: 'BTV', full: 'Ban Thường vụ' },
  { short: 'BCĐ', full: 'Ban Chỉ đạo' },
  { short: 'TTCT', full: 'Trung tâm Chính trị' },
  { short: 'TTVH', full: 'Trung tâm Văn hóa' },
  { short: 'PVHCC', full: 'Phục vụ hành chính công' },
  { short: 'VHXH', full: 'Văn hóa - Xã hội' },
  { short: 'VH-XH', full: 'Văn hóa - Xã hội' },
  { short: 'KTHT', full: 'Kinh tế, Hạ tầng' },
  { short: 'VP', full: 'Văn phòng' },
  { short: 'ĐTN', full: 'Đoàn Thanh niên' },
  { short: 'TNCS', full: 'Thanh niên Cộng sản' },
  { short: 'HCM', full: 'Hồ Chí Minh' },
  { short: 'HLHPN', full: 'Hội Liên hiệp Phụ nữ' },
  { short: 'LHPN', full: 'Liên hiệp Phụ nữ' },
  { short: 'HPN', full: 'Hội Phụ nữ' },
  { short: 'HND', full: 'Hội Nông dân' },
  { short: 'Hội ND', full: 'Hội Nông dân' },
  { short: 'HCCB', full: 'Hội Cựu chiến binh' },
  { short: 'CCB', full: 'Cựu chiến binh' },
  { short: 'LĐLĐ', full: 'Liên đoàn Lao động' },
  { short: 'CĐ', full: 'Công đoàn' },
  { short: 'CTĐ', full: 'Chữ thập đỏ' },
  { short: 'NCT', full: 'Người cao tuổi' },
  { short: 'CT-XH', full: 'chính trị - xã hội' },
  { short: 'CTXH', full: 'chính trị - xã hội' },
  { short: 'THPT', full: 'Trung học phổ thông' },
  { short: 'THCS', full: 'Trung học cơ sở' },
  { short: 'TH', full: 'Tiểu học' },
  { short: 'MN', full: 'Mầm non' },
  { short: 'GD&ĐT', full: 'Giáo dục và Đào tạo' },
  { short: 'GDĐT', full: 'Giáo dục và Đào tạo' },
  { short: 'TYT', full: 'Trạm Y tế' },
  { short: 'CA', full: 'Công an' },
  { short: 'QS', full: 'Quân sự' },
  { short: 'TCCSĐ', full: 'tổ chức cơ sở đảng' },
  { short: 'TCĐ', full: 'tổ chức đảng' },
  { short: 'CBĐV', full: 'cán bộ, đảng viên' },
  { short: 'CBCCVC', full: 'cán bộ, công chức, viên chức' },
  { short: 'CBCC', full: 'cán bộ, công chức' },
  { short: 'ĐVTT', full: 'đơn vị trực thuộc' },
  { short: 'CQ', full: 'cơ quan' },
  { short: 'ĐV', full: 'đảng viên' },
  { short: 'UVBTV', full: 'ủy viên Ban Thường vụ' },
  { short: 'UVBCH', full: 'ủy viên Ban Chấp hành' },
  { short: 'TDP', full: 'tổ dân phố' },
  { short: 'KDC', full: 'khu dân cư' },
  { short: 'TƯ', full: 'Trung ương' },
  { short: 'TW', full: 'Trung ương' },
  { short: 'ĐUV', full: 'đảng ủy viên' },
  { short: 'ĐU', full: 'Đảng ủy' },
  { short: 'ĐB', full: 'đảng bộ' },
  { short: 'CB', full: 'chi bộ' },
  { short: 'TU', full: 'Tỉnh ủy' },
  { short: 'ThU', full: 'Thành ủy' },
  { short: 'HU', full: 'Huyện ủy' },
  { short: 'QU', full: 'Quận ủy' },
  { short: 'TT', full: 'Thường trực', before: committeeAhead },
  { short: 'TT', full: 'Trung tâm' },
  { short: 'TP', full: 'thành phố' },
  { short: 'TX', full: 'thị xã' },
]

/** Codes written as one word, a body and its committee: VPTU, BTGDVTU, UBKTĐU. */
const joined =
  /(?<![\p{L}\d])(UBKT|BTGDV|BTG|BTC|BDV|BNC|BXDĐ|BTV|BCH|VP|TT|TTCT)(ThU|TU|HU|QU|ĐU|TW|TƯ)(?![\p{L}\d])/gu

const comrade = /(?<![\p{L}\d])[đĐ]\s?[/.]\s?[cC](?![\p{L}\d])\.?/gu

const byShort = new Map<string, ShortForm[]>()
for (const form of shortForms) byShort.set(form.short, [...(byShort.get(form.short) ?? []), form])

const shortWord = new RegExp(
  `(?<![\\p{L}\\d])(?:${[...byShort.keys()].sort((a, b) => b.length - a.length).join('|')})(?![\\p{L}\\d])`,
  'gu',
)

/**
 * A phrase with its short forms written out: `BTG Huyện ủy` → `Ban Tuyên giáo Huyện ủy`, `VPTU` → `Văn phòng Tỉnh ủy`.
 * The text must be NFC.
 */
export function writeOutAbbreviations(text: string): string {
  return text
    .replace(comrade, 'đồng chí')
    .replace(joined, '$1 $2')
    .replace(shortWord, (short, at: number, whole: string) => {
      const ahead = whole.slice(at + short.length)
      const form = (byShort.get(short) ?? []).find(({ before }) => !before || before.test(ahead))
      return form?.full ?? short
    })
}
