import { describe, expect, it } from 'vitest'
import { readPlan } from './read-plan.ts'
import { readTextSource } from './source/text-source.ts'
import { textOf } from './source-document.ts'

const text = `ĐẢNG BỘ XÃ THẠNH LỘC
CHI BỘ TRƯỜNG TIỂU HỌC SỐ 2
*
Số 04-KH/CB
ĐẢNG CỘNG SẢN VIỆT NAM

Thạnh Lộc, ngày 02 tháng 3 năm 2026

KẾ HOẠCH
sinh hoạt chuyên đề quý I năm 2026

Căn cứ Hướng dẫn số 12-HD/BTCTW ngày 06/7/2018 của Ban Tổ chức Trung ương (sau đây gọi tắt là Hướng dẫn 12);
Căn cứ chương trình công tác của Chi bộ;
Chi bộ Trường Tiểu học số 2 xây dựng kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
- Đảng viên hiểu và làm theo.
2. Yêu cầu
- Ngắn gọn, thiết thực, thiết thực.
- Phấn đấu 100% đảng viên dự đủ.

II. THỜI GIAN, ĐỊA ĐIỂM
1. Thời gian: 1/2 ngày, từ 8 giờ 00 ngày 28/3/2026 (thứ Sáu).
2. Địa điểm: Phòng họp của trường.
3. Thành phần: Toàn thể đảng viên; mời giáo viên trẻ.
4. Chương trình
- Trình bày chuyên đề: 200 phút.
- Thảo luận: 60 phút.

III. TỔ CHỨC THỰC HIỆN
1. Chi ủy: duyệt nội dung trước ngày 20/3/2026.
2. Tổ đảng số 1: chuẩn bị phòng họp, theo Phụ lục kèm theo.
4. Giao Công đoàn trường phối hợp với Đoàn Thanh niên chuẩn bị văn nghệ; báo cáo kết quả về Chi bộ trước ngày 31/02/2026.

Nơi nhận:
- Đảng ủy xã (b/c),
- Chi ủy, các tổ đảng,
- Lưu CB.

T/M CHI BỘ
BÍ THƯ

Lê Thị Ngọc Ánh
`

describe('a plan', () => {
  const source = readTextSource(text, 'text')
  const plan = readPlan(source)

  it('is read from head to signature', () => {
    expect(plan).toMatchObject({
      kind: 'kế hoạch',
      superior: 'ĐẢNG BỘ XÃ THẠNH LỘC',
      issuer: 'CHI BỘ TRƯỜNG TIỂU HỌC SỐ 2',
      number: '04-KH/CB',
      place: 'Thạnh Lộc',
      date: '2026-03-02',
      subject: 'sinh hoạt chuyên đề quý I năm 2026',
      isPlan: true,
      promulgatedBy: null,
      citations: ['12-HD/BTCTW'],
      purposes: ['Đảng viên hiểu và làm theo.'],
      recipients: [
        { name: 'Đảng ủy xã', note: 'b/c' },
        { name: 'Chi ủy, các tổ đảng', note: null },
        { name: 'Lưu CB', note: null },
      ],
      signatory: { authority: 'T/M CHI BỘ', position: 'BÍ THƯ', name: 'Lê Thị Ngọc Ánh' },
      abbreviations: [{ short: 'Hướng dẫn 12' }],
    })
    expect(plan.requirements).toHaveLength(2)
    expect(plan.targets).toMatchObject([{ value: 100, unit: '% đảng viên dự đủ', year: null }])
  })

  it('has its event with place, people and programme', () => {
    expect(plan.events).toMatchObject([
      {
        start: '2026-03-28T08:00',
        place: 'Phòng họp của trường',
        programme: [
          { title: 'Trình bày chuyên đề', by: null, minutes: 200 },
          { title: 'Thảo luận', by: null, minutes: 60 },
        ],
        participants: ['Toàn thể đảng viên', 'mời giáo viên trẻ'],
      },
    ])
  })

  it('has its tasks and duties to report', () => {
    expect(plan.tasks.map((task) => [task.lead, task.with, task.due, task.section])).toEqual([
      [['Chi ủy'], [], '2026-03-20', 'III.1'],
      [['Tổ đảng số 1'], [], null, 'III.2'],
      [['Công đoàn trường'], ['Đoàn Thanh niên'], null, 'III'],
    ])
    expect(plan.reports).toMatchObject([{ from: ['Công đoàn trường'], to: ['Chi bộ'], due: null }])
  })

  it('points at the words of every value', () => {
    const wordsAt = (at: string) => plan.found[at]?.spans.map((span) => textOf(source, span)).join(' ')
    expect(wordsAt('/number')).toBe('Số 04-KH/CB')
    expect(wordsAt('/place')).toBe('Thạnh Lộc')
    expect(wordsAt('/tasks/2/lead/0')).toBe('Công đoàn trường')
    expect(wordsAt('/events/0/programme/1/title')).toBe('Thảo luận')
    expect(wordsAt('/recipients/1/name')).toBe('Chi ủy, các tổ đảng')
  })

  it('is told what a person should look at', () => {
    expect(plan.findings.map((finding) => [finding.rule, finding.at])).toEqual([
      ['basis-without-number-or-date', '/bases/1'],
      ['repeated-words', ''],
      ['weekday-mismatch', '/events/0/start'],
      ['agenda-exceeds-slot', '/events/0/programme'],
      ['task-without-deadline', '/tasks/1'],
      ['annex-missing', '/annexes/0'],
      ['numbering-broken', ''],
      ['unit-not-in-recipients', '/tasks/2/lead/0'],
      ['impossible-date', ''],
    ])
    for (const finding of plan.findings) {
      expect(finding.spans.length).toBeGreaterThan(0)
      expect(
        [finding.title.vi, finding.title.en, finding.message.vi, finding.message.en].every(
          (words) => words !== '',
        ),
      ).toBe(true)
    }
    expect(plan.findings[2]?.message.vi).toBe('Ngày 28/03/2026 là thứ Bảy, không phải “thứ Sáu”.')
  })
})

describe('other papers', () => {
  it('that are no plans are named, and no plan is read into them', () => {
    const plan = readPlan(
      readTextSource(
        text.replace('KẾ HOẠCH\n', 'HƯỚNG DẪN\n').replace('xây dựng kế hoạch', 'hướng dẫn'),
        'text',
      ),
    )
    expect(plan).toMatchObject({ kind: 'hướng dẫn', isPlan: false, tasks: [], sections: [], events: [] })
    expect(plan.recipients).toHaveLength(3)
    expect(plan.findings[0]).toMatchObject({ rule: 'no-plan-inside', at: '' })
  })

  it('that promulgate a plan give it their number and day', () => {
    const decision = `UBND XÃ AN THẠNH\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 77/QĐ-UBND\tAn Thạnh, ngày 12 tháng 01 năm 2026

QUYẾT ĐỊNH
Ban hành Kế hoạch cải cách hành chính năm 2026

Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;

QUYẾT ĐỊNH:

Điều 1. Ban hành kèm theo Quyết định này Kế hoạch cải cách hành chính.

Nơi nhận:
- Như Điều 2;
- Lưu: VT.

CHỦ TỊCH

Trần Văn Tám

KẾ HOẠCH
Cải cách hành chính năm 2026
(Ban hành kèm theo Quyết định số 77/QĐ-UBND ngày 12/01/2026 của UBND xã)

I. TỔ CHỨC THỰC HIỆN
1. Văn phòng: trực một cửa cả thứ Bảy.
`
    expect(readPlan(readTextSource(decision, 'text'))).toMatchObject({
      kind: 'kế hoạch',
      number: '77/QĐ-UBND',
      date: '2026-01-12',
      subject: 'Cải cách hành chính năm 2026',
      promulgatedBy: {
        kind: 'quyết định',
        number: '77/QĐ-UBND',
        subject: 'Ban hành Kế hoạch cải cách hành chính năm 2026',
      },
      tasks: [{ lead: ['Văn phòng'] }],
      signatory: { position: 'CHỦ TỊCH', name: 'Trần Văn Tám' },
    })
  })
})

describe('a table of tasks', () => {
  const plan = readPlan(
    readTextSource(
      `KẾ HOẠCH
thử

I. NHIỆM VỤ

TT\tNhiệm vụ\tĐơn vị chủ trì\tĐơn vị phối hợp\tThời gian\tSản phẩm
(1)\t(2)\t(3)\t(4)\t(5)\t(6)
I\tChuẩn bị
1\tSoạn đề cương\tVăn phòng; Đoàn xã\tCác ban\tTháng 4/2026\tĐề cương
2\tIn tài liệu\tVăn phòng\t\tThường xuyên\t
`,
      'text',
    ),
  )

  it('gives one task a row, none for heads and groups', () => {
    expect(
      plan.tasks.map(({ text: words, lead, with: companions, due, product }) => ({
        words,
        lead,
        companions,
        due,
        product,
      })),
    ).toEqual([
      {
        words: 'Soạn đề cương',
        lead: ['Văn phòng', 'Đoàn xã'],
        companions: ['Các ban'],
        due: '2026-04-30',
        product: 'Đề cương',
      },
      { words: 'In tài liệu', lead: ['Văn phòng'], companions: [], due: null, product: null },
    ])
    expect(plan.tasks[1]?.deadline?.kind).toBe('continuous')
  })
})

describe('bad texts', () => {
  const bad: [string, string][] = [
    ['nothing', ''],
    ['brackets', '('.repeat(200_000)],
    ['one long line', 'Giao Sở Y tế chủ trì, phối hợp với '.repeat(6000)],
    ['days without end', 'ngày 1 tháng 1 '.repeat(10_000)],
    ['pipes', `${'|a'.repeat(20_000)}|`],
    ['nothing but recipients', `Nơi nhận:\n${'- A\n'.repeat(10_000)}`],
    ['noise', Array.from({ length: 20_000 }, (_, at) => String.fromCharCode((at * 7919) % 65_536)).join('')],
    ['lone surrogates', '\ud800KẾ HOẠCH\udfff\n1. \ud800'],
  ]
  it.each(bad)('give a plan all the same, and soon: %s', (_, words) => {
    const before = process.cpuUsage()
    const plan = readPlan(readTextSource(words, 'text'))
    expect(plan.tasks.length).toBeGreaterThanOrEqual(0)
    // Work, not waiting: other programs on the machine are no fault of the reader's.
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(3000)
  })
})
