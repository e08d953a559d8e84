import { type Line, sliceLine, type Words, wordsOf } from '../lines/line.ts'
import { namesGoOn, splitBodies, startsLikeBody } from './bodies.ts'
import { findNameEnd } from './name-end.ts'

export interface Assignment {
  lead: Words[]
  with: Words[]
}

// Verbs of work, in lower case: a capital begins a name ("Ban Tổ chức", "Ủy ban Kiểm tra").
const verbs =
  'chủ trì|chịu trách nhiệm|có trách nhiệm|có nhiệm vụ|phối hợp|phối kết hợp|triển khai|thực hiện|tổ chức|xây dựng|chuẩn bị|tham mưu|hướng dẫn|theo dõi|đôn đốc|kiểm tra|giám sát|báo cáo(?! viên)|tổng hợp|chỉ đạo|lãnh đạo|phân công|tuyên truyền(?! viên)|phổ biến|quán triệt|bố trí|đảm bảo|bảo đảm|lập|phát động|cử|gửi|rà soát|căn cứ|tăng cường|tiếp tục|đẩy mạnh|nâng cao|phát huy|vận động|tham gia|đăng ký|đăng tải|đưa|làm đầu mối|là đầu mối|là cơ quan|giúp(?! việc)|trực tiếp|chủ động|kịp thời|nghiêm túc|khẩn trương|thường xuyên|định kỳ|hoàn thành|hoàn thiện|ban hành|cung cấp|cân đối|thẩm định|trình|đề xuất|quản lý|sử dụng|vận hành|duy trì|lựa chọn|khảo sát|thống kê|đánh giá|nghiên cứu|xem xét|bám sát|tập trung|tích cực|in ấn|phát hành|mời|liên hệ|dự trù|mua sắm|trang trí|cập nhật|công khai|thông báo|biên soạn|soạn thảo|viết|thành lập|kiện toàn|hỗ trợ|động viên|khuyến khích|tạo điều kiện|lồng ghép|gắn|dự toán|thanh toán|quyết toán|bồi dưỡng|tập huấn|nắm bắt|nắm|xử lý|giải quyết|chấm|trao|tặng|phụ trách|điều hành|đón tiếp|đón|ra quân|lắp đặt|treo|dọn|vệ sinh|biểu dương|khen thưởng|sơ kết|tổng kết|ký cam kết|cam kết|nêu gương|gương mẫu|thống nhất|đề nghị|giới thiệu|huy động|giao(?! dịch| thông| ban| lưu)|dạy|ôn tập|quay phim|chụp ảnh|dẫn chương trình|nhắc nhở|nghiệm thu|phê duyệt|tiếp nhận|niêm yết|giải ngân|phân bổ|ưu tiên|cùng|phải|cần|tự(?! (?:nhiên|vệ|quản|trị|động|chủ|do))|sẽ|được giao|kiến nghị|xác định|đổi mới|khắc phục|phân bổ|tư vấn|xin|quan tâm|bổ sung|chia sẻ|truyền thông|ghi nhận|dự(?! án| bị)|tổng duyệt|làm|chọn|mở|đảm nhận|đảm nhiệm|lắp|tuyển chọn|phát quang|họp|mua|thu xếp|khai thác|ký(?! túc)|chịu|phủ sóng|kêu gọi|(?<!Thường )(?<!thường )trực(?! thuộc| tuyến)|tập luyện|tập hợp|sắp xếp|biên tập|ra soát|số hóa|số hoá|kể chuyện|giữ|dẫn|đề cử|ủng hộ|đóng góp|nộp|viết|sưu tầm|trưng bày|triệu tập|đón|bàn giao|đối chiếu|xác minh|niêm yết|phản ánh|thu gom|trồng|tuần tra|kết nối|nâng cấp|phát thanh|tiếp sóng|tham mưu|thanh tra|rút kinh nghiệm|chấp hành|đầu tư|thi công|vay|cho vay|tư vấn|khám|tiêm|cấp phát|cho|tăng thời lượng|duyệt|bốc thăm|quyên góp|hưởng ứng|phấn đấu|đề ra|điểm danh|truyền đạt|thuyết trình|trình bày|in sao|trao đổi|thảo luận|thi đua|bình xét|bình chọn|công bố|tuyên dương|nhân rộng|rèn luyện|thăm hỏi|dâng hương|xếp lịch|nêu cao|yêu cầu|nhận(?! thức)|đi đầu|trang hoàng|chốt|lưu trữ|lưu giữ|khử khuẩn|in sao|dán|phát(?! triển| thanh| hành)|lắng nghe|nhập|xuống|lo(?! ngại)|lên(?= (?:lịch|kế hoạch|danh sách|phương án))|có(?= (?:ít nhất|tối thiểu|từ \\d|văn bản|kế hoạch|biện pháp|giải pháp|báo cáo|hình thức)(?!\\p{L}))'
const verbAt = new RegExp(`[\\s,](?:(?:${verbs})(?![\\p{L}]))`, 'gu')
// The same letters may be part of a name or a noun: "cơ quan tham mưu", "Tổ kiểm tra", "các tổ chức".
const attributive: readonly (readonly [RegExp, RegExp])[] = [
  [
    /(?:^|\s)(?:cơ quan|đơn vị|bộ phận|cán bộ|công chức|lực lượng|người|giáo viên|viên chức|nhân viên|thành viên|lãnh đạo|chuyên viên|đầu mối)$/u,
    /^(?:quản lý|tham mưu|chủ trì|phụ trách|giúp|tham gia|được giao|thẩm định|chuyên môn|làm công tác|làm đầu mối|trực|theo dõi|dạy|dự|kiểm tra|sử dụng)/u,
  ],
  [
    /(?:^|\s)(?:ban|tổ|đoàn|đội|đội hình|tiểu ban|nhóm|hội đồng|(?<!văn )phòng|uỷ ban|ủy ban)$/u,
    /^(?:chấp hành|tổ chức|chỉ đạo|quản lý|kiểm tra|giám sát|giúp|thẩm định|vận động|tuyên truyền|xây dựng|vận hành|thanh tra|hướng dẫn|chấm|điều hành|tham mưu|nghiệm thu|biên tập|biên soạn|dạy|công tác|thu gom|tiếp nhận|trực|đón tiếp)/u,
  ],
  [
    /(?:các|những|một số|và|hệ thống|của|từng|mỗi|mọi)$/u,
    /^tổ chức(?! (?:hội|thực|triển|cho|các|buổi|lễ|kiểm|tập|thi))/u,
  ],
  [/(?:ủy|uỷ|chi uỷ|cấp ủy) viên$/u, /^phụ trách/u],
  [
    /\sđược(?: (?!phép)\p{L}+ \p{L}+,)*$/u,
    /^(?:kiểm tra|giám sát|thanh tra|phân công|chọn|mời|cử|triệu tập|khảo sát|tập huấn|lựa chọn|khen thưởng|biểu dương|giới thiệu)/u,
  ],
  [/(?:^|\s)(?:công tác|việc|hệ|kế hoạch|nhiệm vụ|chương trình|hoạt động|quá trình|kinh phí)$/u, /./u],
]
const giving =
  /^(?:(?:[-+]\s*)?(?:giao(?: cho| nhiệm vụ cho)?|phân công|đề nghị|yêu cầu|trân trọng đề nghị|ủy quyền|uỷ quyền|phân công nhiệm vụ cho|nhờ|khuyến khích|kính đề nghị))\s+/iu
const givingInside =
  /(?<=[,;.]\s)(?:(?:thường trực|ban thường vụ|ubnd|ủy ban nhân dân|chủ tịch)[^,;.]{0,60}\s)?(?:giao(?: cho)?|phân công|đề nghị|yêu cầu)\s+(?=\p{L})/iu

/** Where the subject of a sentence ends: at its first verb of work, or where a body's name is plainly over. */
function subjectEnd(line: Line, from: number): number | undefined {
  const verb = verbEnd(line, from)
  const over = findNameEnd(line.text.slice(from, verb === undefined ? from + 240 : verb + 1))
  if (over === undefined) return verb
  const end = from + over - 1
  // A verb has something behind it; a list of people ends.
  if (verb === undefined) return /^(?:\S+\s+){3}\S/u.test(line.text.slice(end).trimStart()) ? end : undefined
  if (verb > end) return end
  return verb
}

/** The first verb of work that is no part of a name. */
function verbEnd(line: Line, from: number): number | undefined {
  for (const match of line.text.slice(from, from + 420).matchAll(verbAt)) {
    const at = from + match.index
    if (at === from) continue
    const before = line.text.slice(from, at).trimEnd()
    const rest = line.text.slice(at + 1, at + 40)
    if (/\sđược \p{L}+ \p{L}+,$/u.test(before) && /^[\p{L}\s]{4,30}:/u.test(rest)) continue
    if (/,$/u.test(before) && startsLikeBody(line.text.slice(at + 1).trimStart())) continue
    // A capital inside is a name's: "Tài chính - Kế hoạch" is no plan.
    const lastWords = before.slice(-22).replace(/(?<=^|[,:;]\s*)\p{Lu}/u, (letter) => letter.toLowerCase())
    if (attributive.some(([noun, verb]) => noun.test(lastWords) && verb.test(rest))) continue
    if (
      /^tổ chức (?:đảng|chính trị|cơ sở|đoàn|công đoàn|xã hội|thành viên|liên quan|quần chúng|tôn giáo)/u.test(
        rest,
      )
    )
      continue
    return at
  }
  return undefined
}

/**
 * Who is given the work of a sentence: `Giao Sở X chủ trì, phối hợp với Sở Y …`, `Các chi bộ triển khai …`.
 * Undefined where the sentence names nobody.
 */
export function readAssignment(line: Line): Assignment | undefined {
  // A slogan: “Cán bộ nêu gương, Nhân dân chấp hành”.
  if (/^[“"«]/u.test(line.text)) return undefined
  const given = giving.exec(line.text)
  const from = given ? given[0].length : leadIn(line)
  const subject = line.text.slice(from)
  if (!startsLikeBody(subject)) {
    if (given) return undefined
    const inside = givingInside.exec(line.text)
    if (!inside || inside.index > 400) return undefined
    const start = inside.index + inside[0].length
    return startsLikeBody(line.text.slice(start)) ? assignmentFrom(line, start) : undefined
  }
  return assignmentFrom(line, from)
}

/** What comes before the subject: `Sau buổi sinh hoạt, Chi ủy …`, `Bước 1 (trước mùa mưa bão): các Điện lực …`. */
function leadIn(line: Line): number {
  const when =
    /^(?:sau|truoc|trong|tu|nhan duoc|hang|dinh ky|can cu|khi|den|ket thuc|nham|de|tren co so|ngay sau|theo|cuoi|dau|buoc|cap|dot|giai doan)\s[^,:;.]{1,140}[,:]\s*(?=\p{L})/u.exec(
      line.key,
    )
  if (when && !startsLikeBody(line.text)) return when[0].length
  if (
    when &&
    /^(?:hang|trong|truoc|sau|theo|de)\s/.test(line.key) &&
    startsLikeBody(line.text.slice(when[0].length))
  )
    return when[0].length
  return 0
}

/** Whether a sentence gives work in so many words: "Giao …", "… có trách nhiệm", "… chủ trì". */
export function isExplicitAssignment(line: Line): boolean {
  return (
    giving.test(line.text) ||
    /(?:chủ trì|có trách nhiệm|chịu trách nhiệm)/iu.test(line.text.slice(0, 260)) ||
    givingInside.test(line.text)
  )
}

function assignmentFrom(line: Line, from: number): Assignment | undefined {
  const colon = line.text.indexOf(':', from)
  let end = subjectEnd(line, from)
  if (colon > 0 && colon - from < 160 && !namesGoOn(line.text, colon) && (end === undefined || colon < end))
    end = colon
  if (end === undefined || end - from > 320) return undefined
  // "Trưởng ban tổ chức; duyệt danh mục": what stands before a semicolon is a clause of its own.
  if (/;\s*$/.test(line.text.slice(from, end))) return undefined
  const passed = passedOn(line, end)
  if (passed !== undefined) return assignmentFrom(line, passed)
  const doer = doerInside(line, from, end)
  if (doer !== undefined) return assignmentFrom(line, doer)
  const lead = splitBodies(line, from + (/^đối với\s+/iu.exec(line.text.slice(from))?.[0].length ?? 0), end)
  if (lead.length === 0) return undefined
  return { lead, with: readCompanions(line) }
}

/** `Những đảng viên vắng mặt do chi bộ tổ chức học bù`: the doer stands behind "do". */
function doerInside(line: Line, from: number, end: number): number | undefined {
  if (/^\s*(?:làm|là|chủ trì|đứng đầu)(?!\p{L})/u.test(line.text.slice(end))) return undefined
  const match = /\sdo\s+(?=\p{L})/u.exec(line.text.slice(from, end))
  if (!match) return undefined
  const at = from + match.index + match[0].length
  return startsLikeBody(line.text.slice(at)) ? at : undefined
}

/** `Chủ tịch UBND tỉnh giao Sở Nội vụ chủ trì …`: the work is the one's that it is passed on to. */
function passedOn(line: Line, verbAt: number): number | undefined {
  const match = /^\s*(?:giao(?! ban| lưu)(?: cho)?|yêu cầu|đề nghị)\s+/u.exec(line.text.slice(verbAt))
  if (!match) return undefined
  const at = verbAt + match[0].length
  return startsLikeBody(line.text.slice(at)) ? at : undefined
}

const withLead =
  /(?:chủ trì,?|,)\s+cùng(?:\s+với)?\s+(?=\p{Lu}|các\s)|phối(?: kết)? hợp(?:,?(?: và)? (?:chặt chẽ|tốt|đồng bộ|thực hiện|thường xuyên|kịp thời|quyết liệt|hiệu quả|có hiệu quả|nhịp nhàng|tích cực|trực tiếp)){0,3},?\s+(?:(?:với|cùng(?: với)?)\s+(?:các đơn vị như:?\s)?|(?=\p{Lu}|phòng |ban |văn phòng |đoàn |công đoàn |hội |trường |chi bộ |trung tâm |khoa |bộ phận |tổ (?!chức)))/giu

/** Those who work along: `phối hợp với Văn phòng Huyện ủy và các cơ quan liên quan chuẩn bị …`. */
export function readCompanions(line: Line): Words[] {
  const companions: Words[] = []
  const seen = new Set<string>()
  for (const match of line.text.matchAll(withLead)) {
    const from = match.index + match[0].length
    if (
      !/(?:với|cùng)/iu.test(match[0]) &&
      !(
        /^(?:\p{Lu}|phòng |ban |văn phòng |đoàn |công đoàn |hội |trường |chi bộ |trung tâm |khoa |bộ phận |tổ (?!chức))/u.test(
          line.text.slice(from),
        ) && startsLikeBody(line.text.slice(from))
      ) &&
      !/^\p{Lu}{2,6}\d{0,3}\s/u.test(line.text.slice(from))
    )
      continue
    const stop = companionEnd(line, from)
    for (const words of splitBodies(line, from, stop)) {
      const key = words.text.toLowerCase()
      if (seen.has(key) || words.text.length > 160) continue
      seen.add(key)
      companions.push(words)
    }
  }
  return companions
}

function companionEnd(line: Line, from: number): number {
  const limit = Math.min(line.text.length, from + 400)
  let stop = limit
  let depth = 0
  for (let at = from; at < limit; at++) {
    const letter = line.text.charAt(at)
    if (letter === '(') depth++
    else if (letter === ')') depth--
    else if (
      depth <= 0 &&
      ((letter === '.' &&
        /[\s]|$/.test(line.text.charAt(at + 1)) &&
        !/(?:TP|NXB|ThS|TS)$/u.test(line.text.slice(from, at))) ||
        letter === ';' ||
        letter === ':')
    ) {
      stop = at
      break
    }
  }
  const verb = subjectEnd(line, from)
  const aim = /\s(?:trong việc|trong|để|nhằm|về|theo|khi|góp phần)\s/u.exec(line.text.slice(from, stop))
  return Math.min(stop, verb ?? stop, aim ? from + aim.index : stop)
}

/** The first and last offsets of the words after a label: `Đơn vị chủ trì: Sở X; Đơn vị phối hợp: Sở Y`. */
export interface Labelled {
  lead: Words[]
  with: Words[]
  product: Words | undefined
  /** The words about time. */
  time: Line | undefined
}

const labels =
  /(?:^|[.;,(]\s*|[-+]\s+)(?:(?:cac )?(?:don vi|co quan|bo phan|nguoi|ca nhan|dong chi|so, nganh)?\s*(chu tri|phoi hop|thuc hien|phu trach)(?: (?:thuc hien|tham muu|chinh))?|(trach nhiem|phan cong)(?: thuc hien| chu tri)?|(thoi gian|thoi han|tien do|han hoan thanh)(?: (?:thuc hien|hoan thanh|bao cao|nop bai|nhan bai|nop|to chuc|du kien|trien khai))?|(san pham|ket qua)(?: (?:dau ra|hoan thanh|dat duoc|du kien))?)\s*:\s*/g

/** Lines of labels under or behind a task: who leads, who helps, by when, what comes of it. */
export function readLabels(line: Line): Labelled | undefined {
  const found = [...line.key.matchAll(labels)]
  if (found.length === 0) return undefined
  const out: Labelled = { lead: [], with: [], product: undefined, time: undefined }
  found.forEach((match, index) => {
    const from = match.index + match[0].length
    const next = found[index + 1]
    const to = next ? next.index : line.text.length
    const clean = line.text.slice(from, to).replace(/[\s;,.)]+$/u, '').length + from
    if (match[1] === 'phoi hop') out.with.push(...splitBodies(line, from, clean))
    else if (match[1] || match[2]) {
      if (startsLikeBody(line.text.slice(from))) out.lead.push(...splitBodies(line, from, clean))
    } else if (match[3]) out.time = sliceLine(line, from, clean)
    else if (match[4]) out.product = wordsOf(line, from, clean)
  })
  return out
}

/** Where the first label begins: the words before it are the task's. */
export function labelsStart(line: Line): number | undefined {
  labels.lastIndex = 0
  const match = labels.exec(line.key)
  labels.lastIndex = 0
  return match ? match.index : undefined
}
