import { describe, expect, it } from 'vitest'
import { makeLine } from '../lines/line.ts'
import { readAssignment } from './assignment.ts'
import { splitBodies, startsLikeBody } from './bodies.ts'

const line = (text: string) => {
  const made = makeLine(text, [0, text.length])
  if (!made) throw new Error('empty')
  return made
}
const parties = (text: string) => {
  const read = readAssignment(line(text))
  return read && { lead: read.lead.map((words) => words.text), with: read.with.map((words) => words.text) }
}
const bodies = (text: string) => splitBodies(line(text), 0, text.length).map((words) => words.text)

describe('who is given work', () => {
  it.each([
    [
      'Giao Văn phòng chủ trì, phối hợp với Đoàn xã và các cơ quan liên quan treo băng rôn.',
      ['Văn phòng'],
      ['Đoàn xã', 'các cơ quan liên quan'],
    ],
    [
      'Phân công bộ phận Tuyên giáo của Đảng ủy phối hợp với Hội Nông dân xây dựng chương trình.',
      ['bộ phận Tuyên giáo của Đảng ủy'],
      ['Hội Nông dân'],
    ],
    ['Các chi bộ trực thuộc triển khai học tập.', ['Các chi bộ trực thuộc'], []],
    ['Ban Tổ chức Huyện ủy tổ chức tập huấn.', ['Ban Tổ chức Huyện ủy'], []],
    ['Bước 2 (khi có bão): Phòng Kỹ thuật kiểm tra lưới điện.', ['Phòng Kỹ thuật'], []],
    ['Chủ tịch UBND tỉnh giao Sở Y tế chủ trì kiểm tra.', ['Sở Y tế'], []],
    [
      'Văn phòng HĐND và UBND huyện phối hợp phòng Tài chính lập dự toán.',
      ['Văn phòng HĐND và UBND huyện'],
      ['phòng Tài chính'],
    ],
    [
      'Đội ngũ báo cáo viên, tuyên truyền viên bám sát định hướng.',
      ['Đội ngũ báo cáo viên, tuyên truyền viên'],
      [],
    ],
    ['Tiểu ban Nội dung chốt kịch bản trước ngày 20/4.', ['Tiểu ban Nội dung'], []],
    ['Những đảng viên vắng mặt do chi ủy tổ chức học bù.', ['chi ủy'], []],
    ['Chi bộ được giám sát: Chuẩn bị báo cáo.', ['Chi bộ được giám sát'], []],
    ['UBND các xã: Phong Điền, Tân Lộc khắc phục việc trễ hẹn.', ['UBND các xã: Phong Điền, Tân Lộc'], []],
    ['Phòng Văn hóa chủ trì, cùng VNPT và Huyện đoàn mở lớp.', ['Phòng Văn hóa'], ['VNPT', 'Huyện đoàn']],
    ['Đoàn Thanh niên chuẩn bị văn nghệ, phối hợp PX03 tổ chức giao lưu.', ['Đoàn Thanh niên'], ['PX03']],
  ])('reads «%s»', (text, lead, companions) => {
    expect(parties(text)).toEqual({ lead, with: companions })
  })

  it('is nobody in a sentence about things', () => {
    expect(parties('Tổ chức hội nghị trang trọng, tiết kiệm.')).toBeUndefined()
    expect(parties('Báo cáo kết quả trước ngày 15.')).toBeUndefined()
    expect(parties('Tổ chức hội nghị giao ban quý I vào 14 giờ tại Phòng họp số 1.')).toBeUndefined()
  })
})

describe('bodies', () => {
  it('are parted where another begins, not inside a name or a list of common nouns', () => {
    expect(bodies('Sở Tư pháp; UBND các xã, phường, đặc khu')).toEqual([
      'Sở Tư pháp',
      'UBND các xã, phường, đặc khu',
    ])
    expect(bodies('Phòng Giáo dục và Đào tạo; đề nghị các trường THPT')).toEqual([
      'Phòng Giáo dục và Đào tạo',
      'các trường THPT',
    ])
    expect(bodies('Sở Văn hóa, Thể thao và Du lịch')).toEqual(['Sở Văn hóa, Thể thao và Du lịch'])
    expect(bodies('Ban Dân vận, Mặt trận Tổ quốc và các đoàn thể')).toEqual([
      'Ban Dân vận',
      'Mặt trận Tổ quốc',
      'các đoàn thể',
    ])
    expect(bodies('Đồng chí Trần Thị Ba, Bí thư chi bộ')).toEqual(['Đồng chí Trần Thị Ba, Bí thư chi bộ'])
  })

  it('are told from verbs that begin alike', () => {
    expect(['Tổ chuyên môn', 'Báo Lao động', 'Uỷ ban nhân dân'].every(startsLikeBody)).toBe(true)
    expect(
      ['Tổ chức lễ', 'Báo cáo kết quả', 'Hội nghị', 'Phòng chống dịch', 'Tỏ rõ'].some(startsLikeBody),
    ).toBe(false)
  })
})
