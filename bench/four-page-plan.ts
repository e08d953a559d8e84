import type { Block, OfficialDocument } from '@trienkhai/official-document/document-model.ts'
import { civilDate } from '@trienkhai/vietnamese/civil-date.ts'

// What the reader is measured on: a plan of a commune's committee as it prints on four pages, with prose, events, a
// table of tasks and a long foot. Written for the measuring; bodies and people are made up.

const clause = (text: string): Block => ({ kind: 'clause', level: 2, text })
const bullet = (text: string): Block => ({ kind: 'bullet', mark: '-', text })
const heading = (level: 1 | 2, text: string): Block => ({ kind: 'heading', level, text })
const paragraph = (text: string): Block => ({ kind: 'paragraph', text })

const tableOfTasks: Block = {
  kind: 'table',
  columns: [
    { width: 1, align: 'centre' },
    { width: 7 },
    { width: 4 },
    { width: 4 },
    { width: 3, align: 'centre' },
    { width: 3 },
  ],
  header: [
    { cells: ['TT', 'Nội dung công việc', 'Cơ quan chủ trì', 'Cơ quan phối hợp', 'Thời gian', 'Sản phẩm'] },
  ],
  rows: [
    {
      cells: [
        '1',
        'Rà soát tài liệu giấy còn lưu tại các chi bộ từ năm 2015 đến nay, lập danh mục theo từng năm',
        'Văn phòng Đảng ủy',
        'Các chi bộ trực thuộc',
        '30/10/2026',
        'Danh mục',
      ],
    },
    {
      cells: [
        '2',
        'Số hóa hồ sơ kết nạp, chuyển sinh hoạt, khen thưởng của đảng viên toàn xã',
        'Ban Xây dựng Đảng',
        'Văn phòng Đảng ủy',
        '15/12/2026',
        'Bộ dữ liệu',
      ],
    },
    {
      cells: [
        '3',
        'Biên tập sổ tay hướng dẫn tra cứu dùng chung cho cấp ủy viên và thư ký chi bộ',
        'Ban Xây dựng Đảng',
        'Trung tâm Chính trị',
        'Quý IV/2026',
        'Sổ tay',
      ],
    },
    {
      cells: [
        '4',
        'Nâng cấp đường truyền, lắp bộ lưu điện tại 14 nhà văn hóa thôn',
        'Ủy ban nhân dân xã',
        'Phòng Kinh tế',
        'Trước 20/11/2026',
        'Biên bản bàn giao',
      ],
    },
    {
      cells: [
        '5',
        'Kiểm tra an toàn thông tin các máy tính dùng để soạn thảo văn bản của Đảng',
        'Công an xã',
        'Ban Chỉ huy Quân sự xã',
        'Hằng quý',
        'Báo cáo kiểm tra',
      ],
    },
    {
      cells: [
        '6',
        'Tổ chức hội thi thanh niên hiến kế chuyển đổi số ở cơ sở',
        'Đoàn Thanh niên xã',
        'Hội Liên hiệp Phụ nữ xã, Hội Nông dân xã',
        'Tháng 3/2027',
        'Hội thi',
      ],
    },
  ],
}

const body: readonly Block[] = [
  {
    kind: 'bases',
    items: [
      'Căn cứ Nghị quyết số 19-NQ/TU, ngày 12/6/2026 của Ban Chấp hành Đảng bộ tỉnh về làm sạch, số hóa và khai thác dữ liệu trong các cơ quan đảng',
      'Căn cứ Kế hoạch số 88-KH/TU, ngày 20/7/2026 của Ban Thường vụ Tỉnh ủy về lộ trình số hóa tài liệu của tổ chức cơ sở đảng giai đoạn 2026 - 2028',
      'Căn cứ Quy chế làm việc số 03-QC/ĐU, ngày 05/8/2025 của Ban Chấp hành Đảng bộ xã',
    ],
  },
  paragraph(
    'Xét tình hình lưu trữ ở các chi bộ sau khi sắp xếp đơn vị hành chính, Ban Thường vụ Đảng ủy xã xây dựng Kế hoạch số hóa tài liệu và nâng cao kỹ năng khai thác dữ liệu trong toàn Đảng bộ, với các nội dung như sau:',
  ),
  heading(1, 'Mục đích, yêu cầu'),
  heading(2, 'Mục đích'),
  bullet(
    'Giữ trọn vẹn tài liệu hình thành trong hoạt động của các chi bộ trước khi sáp nhập, tránh thất lạc khi trụ sở dời chỗ hoặc cán bộ chuyển công tác.',
  ),
  bullet(
    'Giúp cấp ủy tra cứu nhanh nghị quyết, biên bản, hồ sơ đảng viên; rút ngắn thời gian chuẩn bị một buổi sinh hoạt, một cuộc kiểm tra.',
  ),
  bullet(
    'Hình thành thói quen làm việc trên dữ liệu: số liệu chỉ nhập một lần, dùng được nhiều lần, có người chịu trách nhiệm.',
  ),
  heading(2, 'Yêu cầu'),
  bullet('Làm chắc từng bước, tài liệu nào dễ hỏng thì làm trước; không chạy theo số lượng trang quét.'),
  bullet(
    'Tuyệt đối không đưa tài liệu có dấu chỉ mức độ mật lên máy tính nối mạng; người vi phạm phải kiểm điểm trước chi bộ.',
  ),
  bullet('Phân công rõ người, rõ việc, rõ thời gian, rõ sản phẩm; cuối mỗi tháng đối chiếu một lần.'),
  heading(1, 'Chỉ tiêu'),
  clause('Đến hết năm 2026: 100% chi bộ có danh mục tài liệu; 60% hồ sơ đảng viên được số hóa.'),
  clause(
    'Đến hết năm 2027: 100% hồ sơ đảng viên được số hóa và đối chiếu; 90% biên bản sinh hoạt chi bộ lập trên máy.',
  ),
  clause('Đến hết năm 2028: 100% chi bộ tự khai thác được dữ liệu phục vụ đánh giá cuối năm.'),
  heading(1, 'Nội dung'),
  heading(2, 'Hội nghị triển khai'),
  bullet('Thời gian: 08 giờ 00, thứ Năm, ngày 15 tháng 10 năm 2026.'),
  bullet('Địa điểm: Hội trường Trung tâm Chính trị xã.'),
  bullet(
    'Thành phần: các đồng chí ủy viên Ban Chấp hành Đảng bộ xã; bí thư, phó bí thư các chi bộ; trưởng các đoàn thể; cán bộ văn thư của các cơ quan.',
  ),
  bullet(
    'Nội dung: quán triệt Kế hoạch; hướng dẫn phân loại tài liệu, đặt tên tệp, kiểm tra chất lượng trang quét; giải đáp thắc mắc của cơ sở.',
  ),
  heading(2, 'Lớp tập huấn khai thác dữ liệu'),
  bullet('Thời gian: 07 giờ 30, thứ Tư, ngày 11 tháng 11 năm 2026.'),
  bullet('Địa điểm: Phòng máy Trường Trung học cơ sở xã.'),
  bullet('Thành phần: thư ký các chi bộ, mỗi chi bộ 02 đồng chí; cán bộ các đoàn thể.'),
  heading(2, 'Cách làm ở chi bộ'),
  paragraph(
    'Mỗi chi bộ lập một tổ từ ba đến năm đảng viên, trong đó có ít nhất một đoàn viên thanh niên thạo máy tính. Tổ kiểm đếm tài liệu, bỏ ghim, vuốt phẳng, xếp theo năm rồi mới quét; trang mờ phải chụp lại dưới ánh sáng tự nhiên. Tệp sau khi quét được đặt tên theo năm, loại văn bản và số thứ tự; hai người cùng đối chiếu trước khi nộp. Tài liệu gốc trả về đúng chỗ cũ, không được hủy khi chưa có ý kiến của Thường trực Đảng ủy.',
  ),
  paragraph(
    'Chi bộ ở vùng sâu, chưa có máy quét thì đăng ký với Văn phòng Đảng ủy để mượn luân phiên, mỗi lượt không quá mười ngày. Trường hợp tài liệu bị mối mọt, ngấm nước phải giữ nguyên trạng, lập biên bản và báo ngay cho bộ phận lưu trữ.',
  ),
  heading(2, 'Nhiệm vụ cụ thể'),
  tableOfTasks,
  heading(1, 'Giải pháp'),
  clause(
    'Lấy chi bộ làm nơi bắt đầu và cũng là nơi nghiệm thu: bí thư chi bộ ký xác nhận vào danh mục, chịu trách nhiệm về số trang còn thiếu, mất; cấp ủy không nhận thay, không làm hộ.',
  ),
  clause(
    'Chọn chi bộ thôn Bàu Sen và chi bộ Trạm Y tế làm trước, rút kinh nghiệm trước ngày 10/11/2026, sau đó mới nhân ra các chi bộ khác.',
  ),
  heading(1, 'Kinh phí'),
  paragraph(
    'Kinh phí lấy từ nguồn chi thường xuyên của Đảng ủy và nguồn sự nghiệp của ngân sách xã. Văn phòng Đảng ủy lập dự toán, gửi Phòng Kinh tế thẩm định trước ngày 05/10/2026.',
  ),
  heading(1, 'Tổ chức thực hiện'),
  clause(
    'Văn phòng Đảng ủy là cơ quan thường trực, theo dõi, đôn đốc việc thực hiện Kế hoạch; chuẩn bị hội trường, tài liệu cho hội nghị triển khai, xong trước ngày 12/10/2026; hằng tháng tổng hợp tiến độ, báo cáo Ban Thường vụ Đảng ủy.',
  ),
  clause(
    'Ban Xây dựng Đảng chủ trì, phối hợp với Trung tâm Chính trị xã biên soạn tài liệu tập huấn, hoàn thành trước ngày 05/11/2026; hướng dẫn các chi bộ đối chiếu hồ sơ đảng viên với phần mềm quản lý.',
  ),
  clause(
    'Ủy ban Kiểm tra Đảng ủy xây dựng kế hoạch giám sát chuyên đề việc quản lý, sử dụng dữ liệu ở ít nhất sáu chi bộ, hoàn thành trong quý I/2027.',
  ),
  clause(
    'Ủy ban nhân dân xã chỉ đạo các trường học, trạm y tế bố trí phòng máy phục vụ tập huấn; bảo đảm đường truyền tại nhà văn hóa các thôn trước ngày 20/11/2026.',
  ),
  clause(
    'Ủy ban Mặt trận Tổ quốc Việt Nam xã và các đoàn thể tuyên truyền, vận động đoàn viên, hội viên hiến tặng tài liệu, ảnh quý về lịch sử Đảng bộ; gửi danh sách về Ban Xây dựng Đảng trước ngày 31/12/2026.',
  ),
  clause(
    'Đoàn Thanh niên xã thành lập đội tình nguyện hỗ trợ các chi bộ có nhiều đảng viên cao tuổi, ra quân trước ngày 25/10/2026.',
  ),
  clause(
    'Các chi bộ trực thuộc phổ biến Kế hoạch trong kỳ sinh hoạt tháng 10/2026; phân công đảng viên phụ trách; hoàn thành danh mục tài liệu trước ngày 30/10/2026, hoàn thành số hóa hồ sơ đảng viên trước ngày 15/12/2026.',
  ),
  clause(
    'Định kỳ trước ngày 25 hằng tháng, các chi bộ trực thuộc báo cáo kết quả về Đảng ủy (qua Văn phòng Đảng ủy); báo cáo năm gửi trước ngày 20/12/2026.',
  ),
  paragraph(
    'Kế hoạch này được phổ biến đến chi bộ. Trong quá trình thực hiện, nếu có vướng mắc, các chi bộ phản ánh về Văn phòng Đảng ủy để tổng hợp, báo cáo Ban Thường vụ Đảng ủy xem xét, quyết định.',
  ),
]

export const fourPagePlan: OfficialDocument = {
  profile: 'HD36',
  superior: ['Đảng bộ tỉnh Tây Ninh'],
  issuer: ['Đảng ủy xã Thạnh Phước'],
  number: { value: '46', sign: 'KH/ĐU' },
  place: 'Thạnh Phước',
  date: civilDate(2026, 9, 28) ?? { year: 2026 },
  kind: 'Kế hoạch',
  subject: 'số hóa tài liệu và nâng cao kỹ năng khai thác dữ liệu\ntrong Đảng bộ xã giai đoạn 2026 - 2028',
  body,
  recipients: [
    'Ban Thường vụ Tỉnh ủy (để báo cáo)',
    'Văn phòng Tỉnh ủy',
    'Các đồng chí đảng ủy viên',
    'Ủy ban nhân dân xã',
    'Ủy ban Mặt trận Tổ quốc Việt Nam xã và các đoàn thể',
    'Các cơ quan tham mưu, giúp việc Đảng ủy',
    'Các chi bộ trực thuộc',
    'Lưu Văn phòng Đảng ủy',
  ],
  signatures: [{ authority: 'T/M Ban Thường vụ', position: ['Phó Bí thư'], name: 'Nguyễn Thị Hồng Gấm' }],
}
