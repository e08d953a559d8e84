import { civilDate } from '@trienkhai/vietnamese/civil-date.ts'
import type { Block, OfficialDocument, TableRow } from './document-model.ts'

/** Papers as an office would write them, for tests only; names of bodies and people are made up. */

const november23 = civilDate(2026, 11, 23) ?? { year: 2026 }

/** A reminder letter (công văn đôn đốc) of one page. */
export const reminderLetter: OfficialDocument = {
  profile: 'HD36',
  superior: ['Tỉnh ủy An Giang'],
  issuer: ['Đảng ủy xã Tân Hòa'],
  number: { value: '86', sign: 'CV/ĐU' },
  place: 'Tân Hòa',
  date: november23,
  kind: null,
  subject: 'Đôn đốc thực hiện Kế hoạch số 21-KH/ĐU về học tập chuyên đề năm 2026',
  addressees: { names: ['Chi bộ ấp Phú Thạnh', 'Chi bộ ấp Hòa Lợi', 'Chi bộ Trường Tiểu học Tân Hòa'] },
  body: [
    {
      kind: 'paragraph',
      text: 'Ngày 05/10/2026, Đảng ủy xã Tân Hòa ban hành Kế hoạch số 21-KH/ĐU về tổ chức học tập chuyên đề năm 2026. Theo Kế hoạch, các chi bộ trực thuộc tổ chức sinh hoạt chuyên đề và báo cáo kết quả về Đảng ủy trước ngày 15 tháng 11 năm 2026.',
    },
    {
      kind: 'paragraph',
      text: 'Đến ngày 23/11/2026, Đảng ủy đã nhận báo cáo của 41/44 chi bộ (93,1%). Còn 03 chi bộ chưa gửi báo cáo, cụ thể như sau:',
    },
    {
      kind: 'table',
      columns: [
        { width: 1, align: 'centre' },
        { width: 5 },
        { width: 4 },
        { width: 2, align: 'centre' },
        { width: 2, align: 'centre' },
      ],
      header: [{ cells: ['TT', 'Đơn vị', 'Việc chưa hoàn thành', 'Hạn', 'Số ngày chậm'] }],
      rows: [
        { cells: ['1', 'Chi bộ ấp Phú Thạnh', 'Báo cáo kết quả', '15/11/2026', '08'] },
        { cells: ['2', 'Chi bộ ấp Hòa Lợi', 'Báo cáo kết quả', '15/11/2026', '08'] },
        {
          cells: ['3', 'Chi bộ Trường Tiểu học Tân Hòa', 'Sinh hoạt chuyên đề; báo cáo', '10/11/2026', '13'],
        },
      ],
    },
    {
      kind: 'paragraph',
      text: 'Đảng ủy đề nghị bí thư các chi bộ nêu trên khẩn trương hoàn thành phần việc còn lại, gửi báo cáo về Đảng ủy (qua Văn phòng Đảng ủy) chậm nhất ngày 30 tháng 11 năm 2026; nêu rõ nguyên nhân chậm và những khó khăn cần tháo gỡ.',
    },
    { kind: 'paragraph', text: 'Đề nghị các đồng chí quan tâm thực hiện.' },
  ],
  recipients: ['Như trên', 'Thường trực Đảng ủy', 'Ủy ban Kiểm tra Đảng ủy', 'Lưu Văn phòng Đảng ủy'],
  signatures: [{ authority: 'T/M Ban Thường vụ', position: ['Phó Bí thư'], name: 'Lê Thị Mai Hương' }],
}

const cells = [
  'ấp Phú Thạnh',
  'ấp Hòa Lợi',
  'ấp Tân Bình',
  'ấp Vĩnh Lộc',
  'ấp Mỹ Đức',
  'Trường Mầm non Hướng Dương',
  'Trường Tiểu học Tân Hòa',
  'Trường Trung học cơ sở Tân Hòa',
  'Trạm Y tế',
  'Công an xã',
  'Quân sự xã',
  'Cơ quan Đảng',
  'Cơ quan chính quyền',
  'Mặt trận và đoàn thể',
]

const resultRows: TableRow[] = Array.from({ length: 28 }, (_, index) => {
  const total = 30 + ((index * 7) % 19)
  const away = index % 4
  const share = ((total - away) / total) * 100
  return {
    cells: [
      String(index + 1),
      `Chi bộ ${cells[index % cells.length]}${index >= cells.length ? ' (khu vực 2)' : ''}`,
      String(total),
      String(total - away),
      away === 0 ? '100' : share.toFixed(1).replace('.', ','),
      away === 0 ? '' : 'Học bù trong tháng 12',
    ],
  }
})

/** A report of results of three pages, with a long table, merged cells and an annex on a wide page. */
export const resultReport: OfficialDocument = {
  profile: 'HD36',
  superior: ['Đảng bộ tỉnh An Giang'],
  issuer: ['Đảng ủy xã Tân Hòa'],
  number: { value: null, sign: 'BC/ĐU' },
  place: 'Tân Hòa',
  date: { year: 2026, month: 11 },
  kind: 'Báo cáo',
  subject: 'kết quả thực hiện Kế hoạch số 21-KH/ĐU, ngày 05/10/2026\nvề tổ chức học tập chuyên đề năm 2026',
  body: [
    { kind: 'bases', items: ['Căn cứ Kế hoạch số 112-KH/TU ngày 14/9/2026 của Ban Thường vụ Tỉnh ủy'] },
    {
      kind: 'paragraph',
      text: 'Thực hiện Kế hoạch số 21-KH/ĐU, Ban Thường vụ Đảng ủy xã Tân Hòa báo cáo kết quả như sau:',
    },
    { kind: 'heading', level: 1, text: 'Công tác lãnh đạo, chỉ đạo' },
    {
      kind: 'paragraph',
      text: 'Ban Thường vụ Đảng ủy giao Văn phòng Đảng ủy theo dõi, tổng hợp; mỗi đồng chí ủy viên Ban Thường vụ phụ trách từ 04 đến 06 chi bộ. Tài liệu học tập được gửi đến chi bộ trước buổi sinh hoạt ít nhất 05 ngày.',
    },
    { kind: 'heading', level: 1, text: 'Kết quả' },
    { kind: 'heading', level: 2, text: 'Số lượng' },
    {
      kind: 'paragraph',
      text: [
        { text: 'Có ' },
        { text: '44/44', bold: true },
        { text: ' chi bộ tổ chức sinh hoạt; ' },
        { text: '1.874/2.012', bold: true },
        { text: ' đảng viên tham gia, đạt ' },
        { text: '93,1%', bold: true },
        { text: '. Kết quả theo từng chi bộ trong bảng sau:' },
      ],
    },
    {
      kind: 'table',
      columns: [
        { width: 1, align: 'centre' },
        { width: 6 },
        { width: 2, align: 'centre' },
        { width: 2, align: 'centre' },
        { width: 2, align: 'centre' },
        { width: 4 },
      ],
      header: [
        {
          cells: [
            { text: 'TT', rowSpan: 2 },
            { text: 'Đơn vị', rowSpan: 2 },
            { text: 'Đảng viên', columnSpan: 3 },
            { text: 'Ghi chú', rowSpan: 2 },
          ],
        },
        { cells: ['Triệu tập', 'Tham gia', 'Tỷ lệ (%)'] },
      ],
      rows: [
        ...resultRows,
        { bold: true, cells: [{ text: 'Tổng', columnSpan: 2 }, '1.091', '1.049', '96,2', ''] },
      ],
    },
    { kind: 'heading', level: 2, text: 'Chất lượng' },
    {
      kind: 'clause',
      level: 3,
      text: 'Nội dung sinh hoạt bám sát tài liệu của cấp trên, gắn với nhiệm vụ của từng chi bộ; 37 chi bộ có phần thảo luận, 512 lượt ý kiến phát biểu.',
    },
    { kind: 'clause', level: 3, text: 'Sau sinh hoạt, 1.790 đảng viên đăng ký việc làm cụ thể trong năm.' },
    { kind: 'bullet', mark: '-', text: 'Nhóm việc về cải cách thủ tục: 604 đăng ký.' },
    { kind: 'bullet', mark: '-', text: 'Nhóm việc giúp hộ khó khăn: 812 đăng ký, trong đó:' },
    { kind: 'bullet', mark: '+', text: 'Sửa nhà, giúp vốn: 233;' },
    { kind: 'bullet', mark: '+', text: 'Giúp ngày công: 579.' },
    { kind: 'heading', level: 1, text: 'Hạn chế và nguyên nhân' },
    {
      kind: 'paragraph',
      text: 'Còn 138 đảng viên chưa tham gia, phần lớn đi làm ăn xa hoặc điều trị bệnh dài ngày. Một số chi bộ ghép nhiều nội dung vào một buổi nên thời gian thảo luận ngắn. Việc gửi báo cáo của 03 chi bộ còn chậm so với thời hạn.',
    },
    { kind: 'heading', level: 1, text: 'Nhiệm vụ thời gian tới' },
    {
      kind: 'paragraph',
      text: 'Tổ chức học bù cho đảng viên chưa tham gia, hoàn thành trước ngày 20 tháng 12 năm 2026; kiểm tra việc thực hiện đăng ký của đảng viên trong quý I năm 2027; biểu dương những chi bộ có cách làm tốt.',
    },
    {
      kind: 'paragraph',
      text: 'Trên đây là báo cáo kết quả thực hiện Kế hoạch số 21-KH/ĐU của Ban Thường vụ Đảng ủy xã Tân Hòa.',
    },
  ],
  recipients: [
    'Ban Thường vụ Tỉnh ủy (để báo cáo)',
    'Ban Tuyên giáo và Dân vận Tỉnh ủy',
    'Các đồng chí đảng ủy viên',
    'Các chi bộ trực thuộc',
    'Lưu Văn phòng Đảng ủy',
  ],
  signatures: [{ authority: 'T/M Ban Thường vụ', position: ['Bí thư'], name: 'Trần Quốc Bảo' }],
  typistMark: 'tha-48',
  annexes: [
    {
      label: 'Phụ lục',
      title: 'Đăng ký việc làm theo của các nhóm chi bộ',
      note: 'kèm theo Báo cáo của Ban Thường vụ Đảng ủy xã Tân Hòa',
      orientation: 'landscape',
      body: [
        {
          kind: 'table',
          columns: [{ width: 1, align: 'centre' }, { width: 6 }, { width: 3 }, { width: 3 }, { width: 3 }],
          header: [{ cells: ['TT', 'Nhóm chi bộ', 'Số đăng ký', 'Đã hoàn thành', 'Đang làm'] }],
          rows: [
            { cells: ['1', 'Chi bộ ấp', '1.120', '402', '718'] },
            { cells: ['2', 'Chi bộ trường học, trạm y tế', '431', '207', '224'] },
            { cells: ['3', 'Chi bộ cơ quan, lực lượng vũ trang', '239', '120', '119'] },
          ],
        },
      ],
    },
  ],
}

const tasks: Block[] = [
  'Văn phòng Đảng ủy chuẩn bị tài liệu, hội trường, đường truyền đến 06 điểm cầu; tổng hợp kết quả điểm danh ngay sau mỗi buổi.',
  'Ban Xây dựng Đảng hướng dẫn nội dung thảo luận, cử báo cáo viên; theo dõi, giúp đỡ những chi bộ có đông đảng viên cao tuổi.',
  'Ủy ban Mặt trận Tổ quốc và các đoàn thể xã phổ biến đến đoàn viên, hội viên bằng hình thức phù hợp.',
  'Các chi bộ trực thuộc tổ chức sinh hoạt chuyên đề, lập danh sách học bù, gửi báo cáo về Đảng ủy trước ngày 15 tháng 11 năm 2026.',
].map((text) => ({ kind: 'clause', level: 2, text }))

/** A plan, urgent, second draft, numbered by dots. */
export const studyPlan: OfficialDocument = {
  profile: 'HD36',
  superior: ['Đảng bộ tỉnh An Giang'],
  issuer: ['Ban Chấp hành Đảng bộ', 'xã Tân Hòa'],
  number: { value: '7', sign: 'KH/ĐU' },
  place: 'Tân Hòa',
  date: civilDate(2026, 4, 9) ?? { year: 2026 },
  kind: 'Kế hoạch',
  subject: 'tổ chức học tập chuyên đề năm 2026',
  urgency: 'Khẩn',
  draftRound: 2,
  body: [
    {
      kind: 'paragraph',
      text: 'Thực hiện chuyên đề năm 2026 của Tỉnh ủy, Ban Chấp hành Đảng bộ xã xây dựng kế hoạch như sau:',
    },
    { kind: 'heading', level: 1, text: 'Mục đích, yêu cầu' },
    {
      kind: 'clause',
      level: 2,
      text: 'Giúp cán bộ, đảng viên nắm vững nội dung chuyên đề và chọn được việc làm cụ thể, hợp với chức trách của mình.',
    },
    {
      kind: 'clause',
      level: 2,
      text: 'Việc học tập phải thiết thực, gắn với nhiệm vụ của xã; hoàn thành trong quý II năm 2026.',
    },
    { kind: 'heading', level: 1, text: 'Thời gian, địa điểm, thành phần' },
    { kind: 'bullet', mark: '-', text: 'Thời gian: 07 giờ 30, ngày 24 tháng 4 năm 2026 (thứ Sáu).' },
    { kind: 'bullet', mark: '-', text: 'Địa điểm: hội trường Đảng ủy xã và 06 điểm cầu.' },
    { kind: 'heading', level: 1, text: 'Tổ chức thực hiện' },
    ...tasks,
    {
      kind: 'paragraph',
      text: 'Văn phòng Đảng ủy theo dõi, đôn đốc việc thực hiện và báo cáo Ban Thường vụ Đảng ủy.',
    },
  ],
  recipients: ['Ban Thường vụ Tỉnh ủy', 'Các chi bộ trực thuộc', 'Lưu Văn phòng Đảng ủy'],
  signatures: [{ authority: 'T/M Ban Chấp hành', position: ['Bí thư'], name: 'Trần Quốc Bảo' }],
  contactLine: 'Văn phòng Đảng ủy xã Tân Hòa, điện thoại 0296 000 000',
  house: { headingNumbers: 'dot' },
}

/** Minutes, with the clerk's and the chair's signatures. */
export const minutes: OfficialDocument = {
  profile: 'HD36',
  superior: ['Đảng bộ xã Tân Hòa'],
  issuer: ['Chi bộ ấp Phú Thạnh'],
  number: { value: '12', sign: 'BB/CB' },
  place: 'Tân Hòa',
  date: november23,
  kind: 'Biên bản',
  subject: 'sinh hoạt chuyên đề quý IV năm 2026',
  body: [{ kind: 'paragraph', text: 'Buổi sinh hoạt bắt đầu lúc 14 giờ, có mặt 22/24 đảng viên.' }],
  recipients: ['Đảng ủy xã', 'Lưu chi bộ'],
  signatures: [
    { authority: 'Thư ký', position: [], name: 'Phạm Văn Đức' },
    { authority: 'Chủ trì', position: [], name: 'Nguyễn Thị Út' },
  ],
}

/** A State decision, by the decree's layout. */
export const stateDecision: OfficialDocument = {
  profile: 'ND30',
  superior: ['Ủy ban nhân dân tỉnh An Giang'],
  issuer: ['Ủy ban nhân dân xã Tân Hòa'],
  number: { value: '15', sign: 'QĐ-UBND' },
  place: 'Tân Hòa',
  date: civilDate(2026, 2, 3) ?? { year: 2026 },
  kind: 'Quyết định',
  subject: 'Về việc thành lập Tổ giúp việc tổ chức Ngày Sách',
  urgency: 'Hỏa tốc',
  body: [
    {
      kind: 'bases',
      items: ['Căn cứ Luật Tổ chức chính quyền địa phương', 'Theo đề nghị của Văn phòng Ủy ban nhân dân xã'],
    },
    { kind: 'paragraph', text: [{ text: 'QUYẾT ĐỊNH:', bold: true }], align: 'centre' },
    {
      kind: 'paragraph',
      text: [{ text: 'Điều 1.', bold: true }, { text: ' Thành lập Tổ giúp việc gồm 05 thành viên.' }],
    },
    {
      kind: 'paragraph',
      text: [
        { text: 'Điều 2.', bold: true },
        {
          text: ' Văn phòng Ủy ban nhân dân xã và các thành viên chịu trách nhiệm thi hành Quyết định này./.',
        },
      ],
    },
  ],
  recipients: ['Như Điều 2', 'Thường trực Đảng ủy', 'Lưu: VT, VP'],
  signatures: [{ authority: 'TM. Ủy ban nhân dân', position: ['Chủ tịch'], name: 'Võ Minh Khôi' }],
}
