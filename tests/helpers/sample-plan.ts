import { renderDocx } from '@trienkhai/official-document/docx/render-docx.ts'
import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'

/** A signed plan of the sample commune as its office would send it: a Word file, written for the journeys. */
export async function writeSamplePlan(subject: string, number = '58'): Promise<Uint8Array> {
  return renderDocx({
    profile: 'HD36',
    superior: ['Đảng bộ tỉnh Phú Thọ'],
    issuer: ['Đảng ủy xã Lâm Thao'],
    number: { value: number, sign: 'KH/ĐU' },
    place: 'Lâm Thao',
    date: '2026-11-20' as CivilDate,
    kind: 'Kế hoạch',
    subject,
    body: [
      {
        kind: 'paragraph',
        text: 'Thực hiện Kế hoạch số 214-KH/TU, ngày 05/11/2026 của Ban Thường vụ Tỉnh ủy về đợt thi đua cuối năm, Ban Thường vụ Đảng ủy xã xây dựng kế hoạch như sau:',
      },
      { kind: 'heading', level: 1, text: 'MỤC ĐÍCH, YÊU CẦU' },
      { kind: 'heading', level: 2, text: 'Mục đích' },
      { kind: 'bullet', mark: '-', text: 'Cổ vũ các chi bộ hoàn thành những chỉ tiêu còn lại của năm.' },
      { kind: 'heading', level: 2, text: 'Yêu cầu' },
      { kind: 'bullet', mark: '-', text: 'Mỗi chi bộ chọn một việc thiết thực, làm đến nơi đến chốn.' },
      { kind: 'heading', level: 1, text: 'THỜI GIAN, ĐỊA ĐIỂM' },
      { kind: 'clause', level: 2, text: 'Thời gian: 7 giờ 30 phút, ngày 05 tháng 12 năm 2026 (thứ Bảy).' },
      { kind: 'clause', level: 2, text: 'Địa điểm: Hội trường Ủy ban nhân dân xã.' },
      { kind: 'heading', level: 1, text: 'TỔ CHỨC THỰC HIỆN' },
      {
        kind: 'clause',
        level: 2,
        text: 'Các chi bộ trực thuộc đăng ký việc làm của chi bộ mình trước ngày 15/12/2026.',
      },
      {
        kind: 'clause',
        level: 2,
        text: 'Giao Văn phòng Đảng ủy chủ trì, phối hợp với Mặt trận Tổ quốc xã chuẩn bị hội trường và tài liệu.',
      },
      {
        kind: 'clause',
        level: 2,
        text: 'Các chi bộ nông thôn tổ chức ra quân vệ sinh đường làng, hoàn thành trước ngày 20/12/2026.',
      },
      {
        kind: 'clause',
        level: 2,
        text: 'Các chi bộ trực thuộc báo cáo kết quả về Đảng ủy (qua Văn phòng) trước ngày 25/12/2026.',
      },
    ],
    recipients: [
      'Tỉnh ủy (để báo cáo)',
      'Mặt trận Tổ quốc xã',
      'Các chi bộ trực thuộc',
      'Lưu Văn phòng Đảng ủy',
    ],
    signatures: [{ authority: 'T/M Ban Thường vụ', position: ['Bí thư'], name: 'Đặng Văn Thử' }],
  })
}
