import { startsLikeBody } from './bodies.ts'

/**
 * Where a body's name is over, told by the words that names are made of: a list of verbs can never be whole, but
 * the words that go on a name nearly are. After a name that is complete, a word in small letters that goes on no
 * name is the verb of the sentence: `Văn phòng Đảng ủy | lo hội trường`.
 */

// Syllables in small letters that go on the name of a body or a post: second halves of nouns, grades, qualifiers.
const goingOn = new Set(
  `an ấp áp bạch bàn ban bang báo bạn bảo bắc bậc bị binh bình biên bộ bản buôn buýt cai cao cha cán cảng cảnh các
cấp cầu câu chi chiến chí chín chính chuẩn chuyên chủ chức chung chữ chương con có công cộng cổ cơ cứu cụm cục cư cử cựu
dã dài dạy dân dẫn dầu di dịch diện diễn doanh dục du dụng dự dược dưỡng đa đài đàm đạo đại đào đảng đảo đáng đẳng đàn đất đặc đầu đề đến địa điểm điện điều định đình đoàn đó đô đồng đối đội độ động đơn đốc đường được đương
gia giá giang giao giám giáo giấy giới giúp giống giữa hạ hà hại hải hàng hành hạt hán hậu hệ hiểm hiện hiệp hiệu hình hoá hóa hòa hoà hoạch hoạt hoàn học hỏa hỏi hộ hội hợp hồ hương hưu hữu huyện huyết
kế kê khách khám khảo khẩn khẩu khí khỏe khối không khoa khoáng khóa khu khuẩn khuyến kiểm kiến kiện kim kinh kính kỹ kỳ ký kỷ lạc lai lao lãnh lâm lần lập lệ liên liệu liệt lịch lĩnh lò loại lớn lợi lớp luận luật lữ lượng lực lưu lý
mại mạng mặt mẫu mậu mầm mẹ miền minh môi môn mới mục mua mưu mỹ nam năm năng nâng nào này nghề nghệ nghị nghĩa nghiên nghiệm nghiệp ngành ngang ngạch ngân ngoại ngoài ngư ngữ người nguyên nguồn nhà nhánh nhạc nhân nhập nhất nhi nhiên nhiệm nhiễm nhóm như nhượng niên nông nổi nội nữ nước ô pháp phái phát phạm phân phận phần phẩm phẫu phó phòng phong phố phổ phối phong phụ phục phủ phương phường quan quản quán quân quần quận quốc quyền quy quỹ quý
rẻ rừng sách sai san sán sát sản sáng sâm sắc sinh sĩ sở soát sóc sông số sơ súc sử sư sự sức tác tạo tai tại tài tải tàng tập tân tâm tật tất tầng tế tiên tiện tiếp tiết tiêu tiểu tin tín tình tỉnh tịch toàn toán toà tòa toạ tổng tổ tốc tộc tôn tra trách trại trạm trang trạng tràn trấn trận tre trẻ trên tri trí trị trình triển trồng trợ trong trung trú trừ trường trưởng trực truyền truyện tuổi tuệ tư tự từng tướng tượng tưởng tuyên tuyến tuyển tử thác thạc thảo thành thanh thái tham thám thân thao thảo thâm thập thầm thể thế thêm thiếu thiết thiện thị thi thích thôn thông thống thổ thời thợ thú thủ thủy thuỷ thuế thuật thuộc thuốc thuận thương thường thượng thư thực thức thẻ tháp
uý uỷ ủy ương và vàng văn vẫn vận vật vệ vi viên viện viễn việc vị vốn võ vụ vui vùng vườn vững vực với xa xá xã xạ xí xóm xuyên xuất xứ y ý yếu yêu ương hai ba bốn năm sáu bảy chín mười nêu trên dưới sau đây của cùng hoặc là nhất nhì đầu cuối đô khác cả toàn hẻm phum sóc bon bủa tuần đăng mọi số một lực lao chăm nuôi rủi thú thuyền tàu xe máy hát chèo cải lương đờn ca múa kịch rối`.split(
    /\s+/u,
  ),
)
// Verbs by themselves, halves of nouns behind these: "Bộ Xây dựng", "Ban Vận động".
const halves = new Set(
  'dân cư|học sinh|thí sinh|vệ sinh|tái sinh|sơ sinh|hộ sinh|hưu trí|xây dựng|kiểm tra|thanh tra|điều tra|tuyển dụng|tín dụng|sử dụng|quản trị|bảo trợ|giám sát|thi đua|hướng dẫn|khen thưởng|bảo tồn|phòng chống|cứu nạn|cứu hộ|chữa cháy|tiếp dân|một cửa|tiếp công|ứng cứu|tìm kiếm|tôn tạo|phát triển|khuyến nông|khuyến công|khuyến ngư'.split(
    '|',
  ),
)
// A clause about the body stands between it and its verb: only the verb tells its end.
const relative = new Set(
  'được|bị|chưa|không|đang|đã|vừa|mà|nào|còn|vắng|mắc|nằm|tham|đủ|chậm|chịu|có|phụ|do|ở|tại|trong|theo|từ|về|đăng|nhận|đóng|cư|sinh|lưu'.split(
    '|',
  ),
)

const word = /[\p{L}\d]+(?:[/&.][\p{L}\d]+)*\.?(?=\s\p{Lu})|[\p{L}\d]+(?:[/&.][\p{L}\d]+)*/gu

/**
 * The offset in a phrase where its body's name is over and another word begins, or undefined where the words do
 * not tell. The phrase begins with the name.
 */
export function findNameEnd(phrase: string): number | undefined {
  let at = -1
  let last: RegExpExecArray | undefined
  let lastButOne: RegExpExecArray | undefined
  for (const found of phrase.slice(0, 240).matchAll(word)) {
    at++
    const [beforeThat, before] = [lastButOne, last]
    lastButOne = last
    last = found
    // A name of one word, "Thư viện" or "Sở", may go on with anything.
    if (!before || !beforeThat) continue
    const gap = phrase.slice(before.index + before[0].length, found.index)
    if (/[:;“”"()]/u.test(gap) || before[0].endsWith('.')) return undefined
    const small = found[0].toLowerCase()
    if (/,/.test(gap)) {
      if (!startsLikeBody(phrase.slice(found.index)) && !goingOn.has(small)) return undefined
      continue
    }
    if (gap.length > 1 || small !== found[0] || /^\d/.test(small)) continue
    if (halves.has(`${before[0].toLowerCase()} ${small}`)) continue
    if (relative.has(small)) return undefined
    // Another noun of bodies goes on the phrase, too: "Đồng chí | bí thư chi bộ".
    if (goingOn.has(small) || startsLikeBody(phrase.slice(found.index, found.index + 60))) continue
    const complete =
      // "Nữ công", "Tuyên giáo": a compound with its second half; "Krông Bông": a name; "xã", "trực thuộc".
      (/^\p{Ll}/u.test(before[0]) && /^\p{Lu}/u.test(beforeThat[0]) && (at > 2 || goingOn.has(before[0]))) ||
      (/^\p{Lu}/u.test(before[0]) && /^\p{Lu}/u.test(beforeThat[0]) && at > 2) ||
      /^(?:\p{Lu}{2,}|xã|phường|huyện|tỉnh|quận|phố|trấn|thôn|ấp|ngành|trường|thuộc|quan|cơ|sở|viên|bộ|ủy|uỷ|đoàn|hội)$/u.test(
        before[0],
      )
    if (complete) return found.index
    // "Nội | dung": the second half of a compound that isn't known.
    if (!/^\p{Lu}/u.test(before[0])) return undefined
  }
  return undefined
}
