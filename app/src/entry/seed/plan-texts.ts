import {
  addDays,
  type CivilDate,
  formatLongDate,
  formatOfficialDate,
  formatWeekday,
  partsOf,
} from '@trienkhai/vietnamese/civil-date.ts'

/** Where a sample plan is signed, and when. */
export interface PlanSetting {
  /** As in a head: `ĐẢNG ỦY XÃ LÂM THAO`, `TỈNH ỦY PHÚ THỌ`. */
  issuer: string
  superior: string
  /** `Lâm Thao` */
  place: string
  /** `xã Lâm Thao` */
  where: string
  signer: string
  signedOn: CivilDate
}

/** A sample plan: how many days before today it was signed, and its words. */
export interface SamplePlan {
  fileName: string
  signedDaysAgo: number
  /** Whether it is still being gone over, and not launched. */
  inReview?: true
  write: (setting: PlanSetting) => string
}

const day = (setting: PlanSetting, later: number): string =>
  formatOfficialDate(addDays(setting.signedOn, later))
const yearOf = (setting: PlanSetting): number => partsOf(setting.signedOn).year
/** The next day from then on that is no Saturday or Sunday: nobody calls a conference then. */
function workday(setting: PlanSetting, later: number): CivilDate {
  const date = addDays(setting.signedOn, later)
  const weekday = formatWeekday(date)
  if (weekday === 'thứ Bảy') return addDays(date, 2)
  return weekday === 'Chủ nhật' ? addDays(date, 1) : date
}

function head(setting: PlanSetting, number: string, subject: string): string {
  return `${setting.superior}
${setting.issuer}
*
Số ${number}

ĐẢNG CỘNG SẢN VIỆT NAM

${setting.place}, ${formatLongDate(setting.signedOn)}

KẾ HOẠCH
${subject}
-----
`
}

function foot(setting: PlanSetting, recipients: readonly string[]): string {
  return `
Nơi nhận:
${recipients.map((recipient) => `- ${recipient},`).join('\n')}
- Lưu Văn phòng Đảng ủy.

T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ

${setting.signer}
`
}

const recipients = (setting: PlanSetting): string[] => [
  'Ban Thường vụ Tỉnh ủy (để báo cáo)',
  'Các đồng chí đảng ủy viên',
  'Các cơ quan tham mưu, giúp việc Đảng ủy',
  `Ủy ban nhân dân ${setting.where}`,
  'Mặt trận Tổ quốc và các đoàn thể xã',
  'Các chi bộ trực thuộc',
]

const study: SamplePlan = {
  fileName: 'ke-hoach-hoc-tap-nghi-quyet.txt',
  signedDaysAgo: 48,
  write: (setting) => {
    const conference = workday(setting, 9)
    return `${head(setting, '58-KH/ĐU', `học tập, quán triệt Chương trình hành động thực hiện nghị quyết của Tỉnh ủy về nâng cao chất lượng sinh hoạt chi bộ`)}
Căn cứ Chương trình hành động số 14-CTr/TU, ${formatLongDate(addDays(setting.signedOn, -20))} của Tỉnh ủy Phú Thọ;
Căn cứ Quy chế làm việc của Ban Chấp hành Đảng bộ ${setting.where};
Ban Thường vụ Đảng ủy ${setting.where} xây dựng Kế hoạch học tập, quán triệt Chương trình hành động như sau:

I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
- Giúp cán bộ, đảng viên trong xã nắm chắc những điểm mới và việc phải làm ở từng chi bộ.
- Tạo chuyển biến rõ trong cách chuẩn bị và điều hành buổi sinh hoạt hằng tháng.
2. Yêu cầu
- Học đến đâu, chi bộ chọn ngay việc để làm đến đó, tránh hình thức.
- Đảng viên vắng mặt có lý do phải được học bù tại chi bộ.

II. NỘI DUNG
1. Hội nghị học tập cấp xã
- Thời gian: 08 giờ 00, ${formatWeekday(conference)}, ${formatLongDate(conference)}.
- Địa điểm: Hội trường Trung tâm Chính trị ${setting.where}.
- Thành phần: Các đồng chí đảng ủy viên; bí thư, phó bí thư các chi bộ; lãnh đạo Mặt trận Tổ quốc và các đoàn thể xã.
2. Sinh hoạt chuyên đề tại chi bộ
Buổi sinh hoạt gồm ba phần: nghe giới thiệu điểm mới, thảo luận, chọn từ một đến hai việc đột phá để làm ngay.

III. TỔ CHỨC THỰC HIỆN
1. Ban Xây dựng Đảng chủ trì, phối hợp với Trung tâm Chính trị biên soạn đề cương tuyên truyền, hoàn thành trước ngày ${day(setting, 6)}.
2. Văn phòng Đảng ủy chuẩn bị hội trường, tài liệu và giấy mời, xong trước ngày ${day(setting, 8)}.
3. Các chi bộ trực thuộc tổ chức sinh hoạt chuyên đề, hoàn thành trước ngày ${day(setting, 30)}.
4. Mặt trận Tổ quốc và các đoàn thể xã tuyên truyền nội dung Chương trình hành động đến đoàn viên, hội viên trước ngày ${day(setting, 38)}.
5. Ủy ban Kiểm tra Đảng ủy theo dõi, đôn đốc việc học tập ở các chi bộ, hoàn thành trước ngày ${day(setting, 42)}.
6. Các chi bộ trực thuộc báo cáo kết quả về Đảng ủy (qua Ban Xây dựng Đảng) trước ngày ${day(setting, 40)}.
${foot(setting, recipients(setting))}`
  },
}

const digital: SamplePlan = {
  fileName: 'ke-hoach-chuyen-doi-so.txt',
  signedDaysAgo: 24,
  write: (
    setting,
  ) => `${head(setting, '63-KH/ĐU', `đẩy mạnh chuyển đổi số trong các cơ quan Đảng và chi bộ những tháng cuối năm ${yearOf(setting)}`)}
Căn cứ Kế hoạch số 112-KH/TU, ${formatLongDate(addDays(setting.signedOn, -30))} của Ban Thường vụ Tỉnh ủy Phú Thọ;
Xét tình hình thực tế của Đảng bộ xã, Ban Thường vụ Đảng ủy ${setting.where} ban hành Kế hoạch với những nội dung sau:

I. MỤC ĐÍCH, YÊU CẦU
- Rút ngắn thời gian gửi, nhận văn bản giữa Đảng ủy với các chi bộ.
- Mỗi chi bộ có ít nhất hai đảng viên sử dụng thành thạo các phần mềm dùng chung.
- Bảo đảm an toàn, bảo mật; không đưa tài liệu mật lên mạng.

II. CHỈ TIÊU
- 100% chi bộ nhận văn bản của Đảng ủy qua mạng.
- 80% đảng viên cài đặt và dùng Sổ tay đảng viên điện tử.

III. NHIỆM VỤ
1. Các chi bộ trực thuộc rà soát, lập danh sách đảng viên chưa cài đặt Sổ tay đảng viên điện tử, hoàn thành trước ngày ${day(setting, 12)}.
2. Đoàn Thanh niên xã chủ trì, phối hợp với Công an xã thành lập tổ hỗ trợ đảng viên cao tuổi cài đặt, sử dụng phần mềm, xong trước ngày ${day(setting, 18)}.
3. Văn phòng Đảng ủy chủ trì, phối hợp với Phòng Văn hóa - Xã hội tổ chức tập huấn cho bí thư chi bộ trước ngày ${day(setting, 21)}.
4. Các chi bộ trực thuộc thực hiện gửi, nhận toàn bộ văn bản qua mạng, hoàn thành trước ngày ${day(setting, 34)}.
5. Ủy ban nhân dân xã bố trí đường truyền cho nhà văn hóa các khu, hoàn thành trước ngày ${day(setting, 45)}.

IV. TỔ CHỨC THỰC HIỆN
1. Văn phòng Đảng ủy theo dõi tiến độ, tham mưu Ban Thường vụ Đảng ủy đôn đốc các chi bộ.
2. Các chi bộ trực thuộc báo cáo kết quả thực hiện về Đảng ủy trước ngày ${day(setting, 40)}.
${foot(setting, recipients(setting))}`,
}

const anniversary: SamplePlan = {
  fileName: 'ke-hoach-ky-niem-thanh-lap-dang.txt',
  signedDaysAgo: 4,
  write: (setting) => {
    const meeting = workday(setting, 20)
    return `${head(setting, '70-KH/ĐU', `tổ chức các hoạt động mừng Đảng, mừng xuân và trao tặng Huy hiệu Đảng đợt 3/2`)}
Thực hiện Hướng dẫn số 09-HD/BTGDVTU, ${formatLongDate(addDays(setting.signedOn, -12))} của Ban Tuyên giáo và Dân vận Tỉnh ủy;
Ban Thường vụ Đảng ủy ${setting.where} xây dựng Kế hoạch tổ chức các hoạt động mừng Đảng, mừng xuân như sau:

I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
- Ôn lại truyền thống của Đảng, biểu dương đảng viên nhiều năm cống hiến.
2. Yêu cầu
- Trang trọng, tiết kiệm, không phô trương; chăm lo gia đình chính sách, đảng viên già yếu.

II. NỘI DUNG
1. Hội nghị gặp mặt đảng viên được trao Huy hiệu Đảng
- Thời gian: 08 giờ 30, ${formatWeekday(meeting)}, ${formatLongDate(meeting)}.
- Địa điểm: Hội trường Ủy ban nhân dân ${setting.where}.
- Thành phần: Thường trực Đảng ủy; bí thư các chi bộ; đảng viên được trao Huy hiệu Đảng.
2. Tuyên truyền, cổ động
Treo cờ, khẩu hiệu tại trụ sở và nhà văn hóa các khu dân cư từ ngày ${day(setting, 30)}.

III. PHÂN CÔNG NHIỆM VỤ
1. Các chi bộ trực thuộc lập hồ sơ đề nghị tặng Huy hiệu Đảng, gửi Ban Xây dựng Đảng trước ngày ${day(setting, 10)}.
2. Ban Xây dựng Đảng thẩm định hồ sơ, trình Ban Thường vụ Đảng ủy trước ngày ${day(setting, 15)}.
3. Hội Cựu chiến binh xã phối hợp với Đoàn Thanh niên xã tổ chức buổi nói chuyện truyền thống cho đoàn viên, hoàn thành trước ngày ${day(setting, 35)}.
4. Các trường học trên địa bàn tổ chức cho học sinh tìm hiểu lịch sử Đảng bộ xã, hoàn thành trước ngày ${day(setting, 40)}.
5. Ủy ban nhân dân xã bảo đảm kinh phí và trang trí khánh tiết trước ngày ${day(setting, 19)}.
6. Các chi bộ trực thuộc tổ chức thăm hỏi đảng viên già yếu, đảng viên hoàn cảnh khó khăn, hoàn thành trước ngày ${day(setting, 45)}.

IV. CHẾ ĐỘ BÁO CÁO
Các chi bộ trực thuộc gửi báo cáo kết quả về Đảng ủy trước ngày ${day(setting, 50)}.
${foot(setting, recipients(setting))}`
  },
}

const inspection: SamplePlan = {
  fileName: 'ke-hoach-tu-kiem-tra.txt',
  signedDaysAgo: 1,
  inReview: true,
  write: (
    setting,
  ) => `${head(setting, '72-KH/ĐU', `tự kiểm tra việc chấp hành chế độ sinh hoạt và đóng đảng phí năm ${yearOf(setting)}`)}
Căn cứ Chương trình kiểm tra, giám sát số 05-CTr/ĐU của Đảng ủy ${setting.where};
Ban Thường vụ Đảng ủy ${setting.where} xây dựng Kế hoạch tự kiểm tra như sau:

I. MỤC ĐÍCH, YÊU CẦU
- Phát hiện sớm thiếu sót để sửa; lấy phòng ngừa là chính.
- Làm gọn, không gây xáo trộn công việc chuyên môn của đơn vị.

II. NỘI DUNG
1. Số buổi sinh hoạt đã tổ chức, tỷ lệ đảng viên dự từng buổi.
2. Việc thu, nộp và sử dụng đảng phí.

III. TỔ CHỨC THỰC HIỆN
1. Các chi bộ tự kiểm tra theo hai nội dung trên, hoàn thành trước ngày ${day(setting, 18)}.
2. Ban Tuyên giáo Huyện ủy hỗ trợ tài liệu tham khảo cho các chi bộ trước ngày ${day(setting, 10)}.
3. Văn phòng Đảng ủy phối hợp với các cơ quan liên quan tổng hợp số liệu đảng phí trước ngày ${day(setting, 22)}.
4. Ủy ban Kiểm tra Đảng ủy chủ trì kiểm tra xác suất năm chi bộ.
5. Các chi bộ báo cáo kết quả tự kiểm tra về Ủy ban Kiểm tra Đảng ủy trước ngày ${day(setting, 20)}.
${foot(setting, recipients(setting))}`,
}

/** The plans of a commune's committee, the oldest first. */
export const communePlans: readonly SamplePlan[] = [study, digital, anniversary, inspection]

/** The province's one plan, which reaches every cell. */
export const provincePlan: SamplePlan = {
  fileName: 'ke-hoach-sinh-hoat-chi-bo-kieu-mau.txt',
  signedDaysAgo: 60,
  write: (setting) => `BAN CHẤP HÀNH TRUNG ƯƠNG
${setting.issuer}
*
Số 121-KH/TU

ĐẢNG CỘNG SẢN VIỆT NAM

${setting.place}, ${formatLongDate(setting.signedOn)}

KẾ HOẠCH
xây dựng chi bộ kiểu mẫu trong toàn Đảng bộ tỉnh
-----

Căn cứ Hướng dẫn số 21-HD/BTCTW, ${formatLongDate(addDays(setting.signedOn, -40))} của Ban Tổ chức Trung ương;
Ban Thường vụ Tỉnh ủy xây dựng Kế hoạch với các nội dung sau:

I. MỤC ĐÍCH, YÊU CẦU
- Mọi chi bộ trong tỉnh biết mình đang ở mức nào và còn thiếu điều gì.
- Việc làm phải có sản phẩm kiểm tra được, không thêm sổ sách.

II. NHIỆM VỤ
1. Các chi bộ trong toàn Đảng bộ tỉnh tự chấm điểm theo bộ tiêu chí, hoàn thành trước ngày ${day(setting, 25)}.
2. Các chi bộ trong toàn Đảng bộ tỉnh tổ chức sinh hoạt chuyên đề về nêu gương của người đứng đầu, hoàn thành trước ngày ${day(setting, 45)}.
3. Các chi bộ trong toàn Đảng bộ tỉnh chọn một việc khó để giải quyết dứt điểm, đăng ký trước ngày ${day(setting, 55)}.
4. Các chi bộ trong toàn Đảng bộ tỉnh phân công đảng viên phụ trách từng nhóm hộ, hoàn thành trước ngày ${day(setting, 75)}.
5. Các chi bộ trong toàn Đảng bộ tỉnh đánh giá cuối năm gắn với kết quả việc đã đăng ký, hoàn thành trước ngày ${day(setting, 95)}.

III. TỔ CHỨC THỰC HIỆN
1. Các đảng ủy xã, phường tổng hợp, báo cáo kết quả về Tỉnh ủy (qua Ban Tổ chức Tỉnh ủy) trước ngày ${day(setting, 90)}.

Nơi nhận:
- Ban Tổ chức Trung ương (để báo cáo),
- Các đồng chí Tỉnh ủy viên,
- Các đảng ủy xã, phường,
- Lưu Văn phòng Tỉnh ủy.

T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ

${setting.signer}
`,
}
