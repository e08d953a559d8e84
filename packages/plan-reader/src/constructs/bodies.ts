import type { Line, Words } from '../lines/line.ts'
import { wordsOf } from '../lines/line.ts'

// Words that the name of a body, an office or a group of people begins with: the genre's common nouns, never
// names. Marks count here: "tổ" is a body, "tỏ" is not.
const nouns = `đảng ủy|đảng bộ|đảng đoàn|đảng viên|liên chi đoàn|liên chi hội|chi bộ|chi ủy|chi hội|chi đoàn|chi đảng bộ|chi cục|chi nhánh|cấp ủy|các cấp|tổ đảng|
thường trực|thường vụ|ban|btv|bch|bgh|bcđ|btg|btgdv|btc|ubkt|mttq|ubmttq|ubmttqvn|ub|ubnd|hđnd|vp|vptu|vks|tand|bhxh|ttyt|tthđ|hđqt|htx|clb|gv|gvcn|gvbm|cđcs|lđlđ|đtn|ccb|hnd|lhpn|đvtn|tpt|cb|cbql|cbgv|bgđ|
tỉnh ủy|thành ủy|huyện ủy|quận ủy|thị ủy|khu ủy|quân khu|tỉnh đoàn|thành đoàn|huyện đoàn|quận đoàn|xã đoàn|phường đoàn|thị đoàn|đoàn trường|
ủy ban|ủy viên|mặt trận|hội đồng|hội|hội viên|hội cựu|văn phòng|sở|bộ|cục|tổng cục|vụ|viện|học viện|phòng|trung tâm|tt|trường|nhà trường|khoa|bộ môn|
công an|quân sự|bộ đội|bộ chỉ huy|bảo hiểm|kho bạc|ngân hàng|thuế|điện lực|bưu điện|viễn thông|trạm|báo|đài|thông tấn xã|cổng|cổng thông tin|trang thông tin|nhà xuất bản|nxb|thư viện|bảo tàng|nhà văn hóa|nhà thiếu nhi|nhà khách|
đoàn|liên đoàn|công đoàn|công đoàn viên|đoàn viên|đoàn thanh niên|liên hiệp|liên minh|tổng|tổ|nhóm|đội|lớp|khối|tiểu ban|cơ quan|đơn vị|địa phương|tổ chức|đoàn thể|ngành|doanh nghiệp|công ty|tổng công ty|tập đoàn|hợp tác xã|xí nghiệp|nhà máy|hạt|hạt kiểm lam|
thôn|bản|làng|làng nghề|thủ đô|khu phố|khu dân cư|khu|tổ dân phố|ấp|buôn|xóm|xã|phường|đặc khu|thị trấn|huyện|quận|thành phố|tỉnh|thị xã|cụm|
đồng chí|đ/c|đc|ông|bà|cô|thầy|thầy cô|hai đơn vị|hai cơ quan|hai ngành|hai bên|ba đơn vị|cán bộ|công chức|viên chức|người lao động|giáo viên|giảng viên|nhân viên|chuyên viên|học sinh|học viên|sinh viên|báo cáo viên|cộng tác viên|tuyên truyền viên|người đứng đầu|tổng phụ trách|thanh niên|phụ nữ|nông dân|cựu chiến binh|
bí thư|phó bí thư|chủ tịch|phó chủ tịch|giám đốc|phó giám đốc|tổng giám đốc|hiệu trưởng|phó hiệu trưởng|trưởng|trưởng ban|thủ trưởng|chánh|phó|trưởng phòng|tổ trưởng|tổ phó|đội trưởng|lãnh đạo|thành viên|bộ phận|thư ký|kế toán|thủ quỹ|văn thư|y tế|nhân viên y tế|bảo vệ|cha mẹ học sinh|phụ huynh|tòa án|viện kiểm sát|thanh tra|kiểm toán|hải quan|kiểm lâm|biên phòng|đoàn công tác|cá nhân|tập thể|hộ gia đình|hộ kinh doanh|hộ dân|đội ngũ|nhân dân|chỉ huy|chính quyền|bệnh viện|quỹ|thủ tướng|chính phủ|quốc hội|phân hiệu|câu lạc bộ|ban cán sự|cơ sở|điểm cầu|chủ nhiệm|phó chủ nhiệm|trợ lý|chi ủy viên|đảng ủy viên|cấp ủy viên|liên đội|chi đội|tổ chuyên môn|tổ văn phòng|cơ sở đoàn|trưởng thôn|trưởng khu|trưởng ấp|người có uy tín|già làng|ban quản lý|ban công tác|chủ đầu tư|tư pháp|tài chính|công chức văn hóa|phòng ban|giáo dục`

// The same words where they begin something else: "tổ chức hội nghị", "báo cáo kết quả", "hội thảo".
const otherwise =
  /^(?:tổ chức (?!đảng|chính trị|cơ sở|đoàn(?! (?:đi|công tác|kiểm tra|giám sát|khảo sát|thăm))|hội(?! (?:nghị|thảo|thi|họp|trại|diễn|thao|chợ|đàm|báo))|công đoàn|xã hội|thành viên|tôn giáo|quần chúng|,|và cá nhân|cá nhân|mặt trận)|ban hành|ban đầu|báo cáo(?! viên)|hội (?:nghị|thảo|thi|trường|họp|nhập|diễn|thao|chợ|đàm)|đoàn kết|đội ngũ(?! (?:báo cáo viên|tuyên truyền viên|cộng tác viên|giáo viên|giảng viên|dư luận))|bộ máy|bộ (?:tài liệu|tiêu chí|chỉ số|câu hỏi|quy tắc|đề|luật)|tổng (?:kết|hợp|số|rà|thể|kinh phí|mức|vốn|cộng|điểm|thời)|trường hợp|xã hội|khối lượng|cơ sở (?:vật chất|dữ liệu|pháp lý|hạ tầng)|vụ việc|nhóm (?:nhiệm vụ|giải pháp|nội dung|chỉ tiêu|đối tượng)|phòng(?:,)? (?:chống|ngừa|tránh|cháy|bệnh|dịch|thủ)|viện trợ|công đoạn|tài chính|tư pháp công|giáo dục (?!và|thường|nghề)|bảo vệ (?!$|[,;:]|trường|cơ quan)|thanh tra,|kiểm toán,|kế toán trưởng là|tỉnh táo|thành phố hồ|y tế (?!$|[,;:]|trường|học đường)|bản (?:đồ|tin|thân|chất|cam|đăng ký (?!\p{L}+ \p{L}+,)|kế)|khu vực|khu (?:công|di|du|nhà)|quỹ đất|lớp (?:tập huấn|bồi dưỡng|học)|cổng chào|thuế suất|lãnh đạo, chỉ đạo|lãnh đạo (?:các chi|thực|tốt|toàn diện|bố trí|tổ chức|triển khai|xây dựng|chỉ đạo|việc|công tác|quán triệt|đẩy mạnh|làm tốt)|chỉ huy điều)/u

const plurals =
  /^(?:tất cả (?:các )?|toàn thể (?:các )?|các |những |mỗi |từng |riêng |đối với (?:các )?|một số |đại diện (?:các |lãnh đạo )?|đề nghị (?:các )?|yêu cầu (?:các )?|giao (?:các |cho )?|phân công )/u

/** A spelling that does not depend on case, nor on which vowel of oa, oe, uy carries the tone. */
function spell(text: string): string {
  return text.toLowerCase().replace(/o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ]/gu, (pair) => {
    const [base = '', tone = ''] = pair.slice(1).normalize('NFD')
    return (pair.charAt(0) + tone).normalize('NFC') + base
  })
}

const starters = new Set(spell(nouns.replaceAll('\n', '')).split('|'))
const longest = 4

/** Whether a phrase begins as the name of a body or of people in office does. */
export function startsLikeBody(phrase: string): boolean {
  let rest = spell(phrase.slice(0, 90)).replace(/^["“(\s]+/u, '')
  rest = rest.replace(plurals, '').replace(plurals, '')
  if (otherwise.test(rest)) return false
  const words = rest.split(/[\s,;:.()&+]+|\s-\s/u)
  for (let count = Math.min(longest, words.length); count > 0; count--)
    if (starters.has(words.slice(0, count).join(' '))) return true
  return false
}

/** `UBND các xã: Krông Nô, Yang Mao khắc phục …`: names behind the colon go on the subject. */
export function namesGoOn(text: string, colon: number): boolean {
  return (
    /(?:^|\s)các (?:xã|phường|thị trấn|huyện|tỉnh|thôn|ấp|buôn|bản|khu phố|tổ dân phố|chi bộ|đảng bộ|trường)(?:, (?:phường|thị trấn|xã|đặc khu))*\s*$/iu.test(
      text.slice(0, colon),
    ) &&
    /^\s*\p{Lu}\p{L}*(?:\s\p{Lu}\p{L}*)*(?:(?:,\s*|\s+và\s+)\p{Lu}\p{L}*(?:\s\p{Lu}\p{L}*)*)+\s+\p{Ll}/u.test(
      text.slice(colon + 1),
    )
  )
}

// Common nouns that go on a list inside one phrase: "các Sở, ban, ngành", "UBND các xã, phường".
const inner =
  /^(?:ban|nganh|nganh\s.*|phuong|thi tran|dac khu|xa|huyen|thi xa|thanh pho|quan|don vi|dia phuong|doan the|phong|co quan|to chuc|thi|thanh|ban nganh|phong chuyen mon|cong chuc|vien chuc|nguoi lao dong|doan vien|hoi vien|dang vien|hoc sinh|hoc vien|sinh vien|khu pho|ap|to dan pho|thon|ca nhan)\b/

/**
 * The bodies of a phrase, each on its own: `Sở Tư pháp; UBND các xã, phường` → two, not three;
 * `Sở Văn hóa, Thể thao và Du lịch` → one.
 */
export function splitBodies(line: Pick<Line, 'text' | 'key' | 'pieces'>, from: number, to: number): Words[] {
  const cuts: number[] = []
  let depth = 0
  for (let at = from; at < to; at++) {
    const letter = line.text.charAt(at)
    if (letter === '(' || letter === '“') depth++
    else if (letter === ')' || letter === '”') depth = Math.max(0, depth - 1)
    if (depth > 0) continue
    if (letter === ';' || letter === '\n') cuts.push(at, at + 1)
    else if (
      letter === '-' &&
      line.text.charAt(at + 1) === ' ' &&
      (at === from || /[;.,]\s*$/u.test(line.text.slice(from, at)))
    )
      cuts.push(at, at + 1)
    else if (letter === ',' && startsAnother(line, at + 1, to) && !isPostOf(line, from, at))
      cuts.push(at, at + 1)
    else if (
      letter === ' ' &&
      line.key.startsWith(' va ', at) &&
      startsAnother(line, at + 4, to) &&
      joinsBodies(line, from, at)
    )
      cuts.push(at, at + 4)
    else if (letter === ' ' && line.key.startsWith(' cung ', at) && startsAnother(line, at + 6, to))
      cuts.push(at, at + 6)
  }
  const phrases: Words[] = []
  let start = from
  for (let index = 0; index <= cuts.length; index += 2) {
    const end = cuts[index] ?? to
    const words = wordsOf(line as Line, start, end)
    const trimmed = trimPhrase(line as Line, words, start, end)
    if (trimmed.text.length > 1) phrases.push(trimmed)
    start = cuts[index + 1] ?? to
  }
  return phrases
}

function trimPhrase(line: Line, words: Words, start: number, end: number): Words {
  let last = end
  while (last > start && /[\s,;.:–-]/u.test(line.text.charAt(last - 1))) last--
  let first = start
  while (first < last && /[\s,;:–+-]/u.test(line.text.charAt(first))) first++
  // "Phòng Giáo dục; đề nghị các trường": the asking is no part of the name.
  const asked = /^(?:đề nghị|yêu cầu)\s+(?=(?:các|\p{Lu}))/iu.exec(line.text.slice(first, last))
  if (asked) first += asked[0].length
  // "Các đơn vị đăng cai (A, B, C)": a list in brackets explains the name.
  const list = /\s\([^()]*[,;][^()]*\)$/u.exec(line.text.slice(first, last))
  if (list && list.index > 0) last = first + list.index
  return first === start && last === end ? words : wordsOf(line, first, last)
}

/** Whether what follows a comma is the post of the person named before it: `Đồng chí Trần Thị Ba, Bí thư chi bộ`. */
function isPostOf(line: Pick<Line, 'text' | 'key'>, from: number, at: number): boolean {
  return (
    /(?:^|[,;]\s*)(?:đồng chí|đ\/c|ông|bà|cô|thầy)\s\p{Lu}\p{L}*(?:\s\p{Lu}\p{L}*)+(?:\s[-–]\s[^,;]{3,60})?$/iu.test(
      line.text.slice(from, at),
    ) &&
    /^\s*(?:pho |uy vien|bi thu|chu tich|truong|hieu truong|giam doc|chi uy vien|dang uy vien|huyen uy vien|tinh uy vien|chanh|giang vien|chu nhiem|thu ky)/.test(
      line.key.slice(at + 1),
    )
  )
}

/** Whether another body begins here: a capital, or a plural of a common noun. */
function startsAnother(line: Pick<Line, 'text' | 'key'>, at: number, to: number): boolean {
  const text = line.text.slice(at, to).trimStart()
  const key = line.key.slice(at, to).trimStart()
  if (/^(?:cac|nhung|toan the|tat ca)\s/.test(key)) return startsLikeBody(text)
  if (lowerStart.test(key) && !inner.test(key)) return true
  if (!/^\p{Lu}/u.test(text)) return false
  return startsLikeBody(text) && !partOfName.test(key)
}

const lowerStart =
  /^(?:chi bo|chi uy|cap uy|dang uy|ban (?:chap hanh|thuong vu|giam hieu)|dong chi|d\/c|giao vien|tong phu trach|to truong|truong (?:thon|phong|ban|khu)|thu truong|ke toan|thu quy|bi thu|lanh dao|cha me|phu huynh|nhan vien)\b/
const partOfName =
  /^(?:the thao|du lich|xa hoi|dao tao|moi truong|cong nghe|bao chi|truyen thong|gia dinh|tre em|giao duc|y te hoc)\b/

/** Whether the words before "và" are a body by themselves, not the first half of a name. */
function joinsBodies(line: Pick<Line, 'text' | 'key'>, from: number, at: number): boolean {
  const key = line.key.slice(from, at)
  // One office serves two bodies: "Văn phòng HĐND và UBND thành phố".
  if (
    /\b(?:vp|van phong) (?:hdnd|hoi dong nhan dan|doan (?:dbqh|dai bieu quoc hoi))$/.test(key) &&
    /^ va (?:hdnd|ubnd|uy ban nhan dan|hoi dong nhan dan)/.test(line.key.slice(at))
  )
    return false
  return !/(?:^|[,;]\s|\bva\s)(?:so|bo|phong|ban|vien|trung tam|cuc|uy ban|hoi dong|truong ban|lanh dao)$/.test(
    key,
  )
}
