import { createCanvas } from '@napi-rs/canvas'
import { convertLegacy } from '@trienkhai/vietnamese/legacy-encodings.ts'
import { describe, expect, test } from 'vitest'
import type { SourceDocument } from '../source-document.ts'
import { breakLines, type FixturePage, fontOf, type Sheet, writePdf } from './pdf-fixture.ts'
import { type PdfProgress, readPdfSource } from './pdf-source.ts'

const left = 85
const width = 468

async function read(pages: readonly FixturePage[]): Promise<SourceDocument> {
  const reading = await readPdfSource(writePdf(pages))
  if (!reading.ok) throw new Error(reading.reason)
  return reading.source
}

const say = (source: SourceDocument): string[] =>
  source.blocks.map((block) => source.text.slice(block.span[0], block.span[1]))

const intro =
  'Căn cứ chương trình công tác năm 2026, Ban Thường vụ Đảng ủy phường Hòa Lạc xây dựng kế hoạch mở lớp bồi ' +
  'dưỡng cho bí thư các chi bộ tổ dân phố, với mục đích, yêu cầu, nội dung và phân công cụ thể như sau:'
const item =
  '- Văn phòng Đảng ủy chuẩn bị hội trường, tài liệu, trang thiết bị; gửi giấy mời đến các chi bộ chậm nhất ' +
  'năm ngày trước khi khai giảng lớp bồi dưỡng;'
const item2 =
  '- Ban Xây dựng Đảng phường chủ trì, phối hợp với Trung tâm chính trị lựa chọn báo cáo viên và lập danh sách ' +
  'học viên theo từng tổ.'

function drawAll(sheet: Sheet, pieces: readonly (((sheet: Sheet) => void) | undefined)[]): void {
  for (const piece of pieces) piece?.(sheet)
}

function drawPartyHead(sheet: Sheet): void {
  sheet.text(150, 70, 'ĐẢNG BỘ THÀNH PHỐ AN HẢI', { align: 'center' })
  sheet.text(150, 87, 'ĐẢNG ỦY PHƯỜNG HÒA LẠC', { align: 'center', bold: true })
  sheet.text(150, 101, '*', { align: 'center' })
  sheet.text(150, 118, 'Số 27-KH/ĐU', { align: 'center' })
  sheet.text(420, 70, 'ĐẢNG CỘNG SẢN VIỆT NAM', { align: 'center', bold: true, size: 15 })
  sheet.rule(318, 76, 522, 76)
  sheet.text(420, 103, 'Hòa Lạc, ngày 05 tháng 3 năm 2026', { align: 'center', italic: true })
}

describe('the head', () => {
  test('of a Party paper comes out column by column, then the title', async () => {
    const source = await read([
      {
        draw: (sheet) => {
          drawPartyHead(sheet)
          sheet.text(319, 160, 'KẾ HOẠCH', { align: 'center', bold: true, size: 15 })
          sheet.text(319, 178, 'mở lớp bồi dưỡng bí thư chi bộ năm 2026', { align: 'center', bold: true })
          sheet.text(319, 194, '-----', { align: 'center' })
          sheet.paragraph(intro, { x: left, baseline: 220, width })
        },
      },
    ])
    expect(say(source)).toEqual([
      'ĐẢNG BỘ THÀNH PHỐ AN HẢI',
      'ĐẢNG ỦY PHƯỜNG HÒA LẠC',
      '*',
      'Số 27-KH/ĐU',
      'ĐẢNG CỘNG SẢN VIỆT NAM',
      'Hòa Lạc, ngày 05 tháng 3 năm 2026',
      'KẾ HOẠCH',
      'mở lớp bồi dưỡng bí thư chi bộ năm 2026',
      '-----',
      intro,
    ])
    expect(source.blocks.map((block) => (block.type === 'paragraph' ? block.align : ''))).toEqual([
      ...Array.from({ length: 9 }, () => 'center'),
      'justify',
    ])
    expect(source.blocks.map((block) => block.type === 'paragraph' && block.bold)).toEqual([
      ...[false, true, false, false, true, false, true, true, false, false],
    ])
  })

  test('is the same in whatever order the producer wrote it', async () => {
    const pieces: ((sheet: Sheet) => void)[] = [
      (sheet) =>
        sheet.text(400, 70, 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { align: 'center', bold: true, size: 12 }),
      (sheet) =>
        sheet.text(400, 86, 'Độc lập - Tự do - Hạnh phúc', { align: 'center', bold: true, size: 13 }),
      (sheet) => sheet.text(150, 70, 'ỦY BAN NHÂN DÂN', { align: 'center', bold: true, size: 12 }),
      (sheet) => sheet.text(150, 86, 'XÃ ĐÔNG THẠNH', { align: 'center', bold: true, size: 12 }),
      (sheet) => sheet.text(150, 112, 'Số: 18/KH-UBND', { align: 'center', size: 13 }),
      (sheet) => sheet.text(400, 112, 'Đông Thạnh, ngày 02 tháng 02 năm 2026', { align: 'center', size: 13 }),
      (sheet) => sheet.paragraph(intro, { x: left, baseline: 200, width }),
    ]
    const expected = [
      ...['ỦY BAN NHÂN DÂN', 'XÃ ĐÔNG THẠNH', 'Số: 18/KH-UBND'],
      ...['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc'],
      ...['Đông Thạnh, ngày 02 tháng 02 năm 2026', intro],
    ]
    for (const order of [pieces, [...pieces].reverse(), [3, 0, 5, 1, 6, 2, 4].map((at) => pieces[at])]) {
      const source = await read([{ draw: (sheet) => drawAll(sheet, order) }])
      expect(say(source)).toEqual(expected)
    }
  })

  test('keeps a number that was left blank in one piece', async () => {
    const source = await read([
      {
        draw: (sheet) => {
          sheet.text(150, 70, 'UBND TỈNH AN BÌNH', { align: 'center' })
          sheet.text(400, 70, 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { align: 'center', bold: true, size: 12 })
          sheet.text(90, 100, 'Số:')
          sheet.text(150, 100, '/KH-UBND')
          sheet.text(320, 100, 'An Bình, ngày')
          sheet.text(440, 100, 'tháng')
          sheet.text(495, 100, 'năm 2026')
          sheet.paragraph(intro, { x: left, baseline: 200, width })
        },
      },
    ])
    expect(say(source)).toEqual([
      ...['UBND TỈNH AN BÌNH', 'Số: /KH-UBND', 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'],
      ...['An Bình, ngày tháng năm 2026', intro],
    ])
  })
})

test('recipients and signature come out one after the other', async () => {
  const source = await read([
    {
      draw: (sheet) => {
        const under = sheet.paragraph(intro, { x: left, baseline: 100, width })
        sheet.text(85, under + 20, 'Nơi nhận:', { size: 12 })
        sheet.text(430, under + 20, 'T/M BAN THƯỜNG VỤ', { align: 'center', bold: true })
        sheet.text(85, under + 35, '- Thường trực Thành ủy,', { size: 12 })
        sheet.text(430, under + 37, 'PHÓ BÍ THƯ', { align: 'center' })
        sheet.text(85, under + 50, '- Các chi bộ trực thuộc', { size: 12 })
        sheet.text(85, under + 64, 'Đảng bộ phường,', { size: 12 })
        sheet.text(85, under + 79, '- Lưu Văn phòng Đảng ủy.', { size: 12 })
        sheet.text(430, under + 120, 'Trần Văn Bình', { align: 'center', bold: true })
      },
    },
  ])
  expect(say(source)).toEqual([
    intro,
    ...['Nơi nhận:', '- Thường trực Thành ủy,', '- Các chi bộ trực thuộc Đảng bộ phường,'],
    ...['- Lưu Văn phòng Đảng ủy.', 'T/M BAN THƯỜNG VỤ', 'PHÓ BÍ THƯ', 'Trần Văn Bình'],
  ])
})

describe('running text', () => {
  test('keeps items apart and joins their lines', async () => {
    const source = await read([
      {
        draw: (sheet) => {
          let y = sheet.paragraph('I. MỤC ĐÍCH, YÊU CẦU', { x: left, baseline: 90, width, bold: true })
          for (const text of [intro, item, item2]) y = sheet.paragraph(text, { x: left, baseline: y, width })
        },
      },
    ])
    expect(say(source)).toEqual(['I. MỤC ĐÍCH, YÊU CẦU', intro, item, item2])
  })

  test('goes on over the page; page numbers and running heads are dropped and counted', async () => {
    const context = createCanvas(10, 10).getContext('2d')
    context.font = fontOf({})
    const lines = breakLines(context, intro, width, 28)
    const [first = '', ...others] = lines
    const decorate = (sheet: Sheet, page: number): void => {
      sheet.text(297, 40, String(page), { align: 'center' })
      sheet.text(85, 815, `Kế hoạch bồi dưỡng bí thư chi bộ - trang ${page}`, { size: 9 })
    }
    const source = await read([
      {
        draw: (sheet) => {
          decorate(sheet, 1)
          sheet.paragraph(item, { x: left, baseline: 90, width })
          sheet.paragraph(`${first} x`, { x: left, baseline: 760, width: width + 8 })
        },
      },
      {
        draw: (sheet) => {
          decorate(sheet, 2)
          sheet.paragraph(others.join(' '), { x: left, baseline: 80, width, indent: 0 })
          sheet.paragraph(item2, { x: left, baseline: 200, width })
        },
      },
      {
        draw: (sheet) => {
          decorate(sheet, 3)
          sheet.paragraph(item, { x: left, baseline: 80, width })
        },
      },
    ])
    expect(say(source)).toEqual([item, `${first} x ${others.join(' ')}`, item2, item])
    expect(source.notes).toEqual([{ kind: 'page-furniture-dropped', count: 6 }])
    const over = source.blocks[1]
    expect(over?.type === 'paragraph' && over.boxes?.map((box) => box.page)).toEqual([0, 1, 1])
  })

  test('every box holds the words of its span, in points of its page', async () => {
    const source = await read([
      { draw: (sheet) => sheet.paragraph(intro, { x: left, baseline: 100, width }) },
    ])
    const block = source.blocks[0]
    if (block?.type !== 'paragraph') throw new Error('no paragraph')
    const boxes = block.boxes ?? []
    expect(boxes.map((box) => source.text.slice(box.span[0], box.span[1])).join(' ')).toBe(intro)
    expect(boxes[0]).toMatchObject({ page: 0, x: 113 })
    expect(boxes[0]?.y).toBeCloseTo(100 - 14 * 0.92, 0)
    expect((boxes[0]?.x ?? 0) + (boxes[0]?.width ?? 0)).toBeCloseTo(left + width, -1)
    expect(source.pages).toEqual([{ width: 595, height: 842 }])
  })

  test('signature stamps are dropped and counted', async () => {
    const source = await read([
      {
        draw: (sheet) => {
          sheet.text(400, 40, 'Người ký: VĂN THƯ XÃ', { size: 8 })
          sheet.text(400, 50, 'Cơ quan: UBND XÃ ĐÔNG THẠNH', { size: 8 })
          sheet.text(400, 60, 'Thời gian ký: 18-09-2026 10:55:35 +07:00', { size: 8 })
          const y = sheet.paragraph(intro, { x: left, baseline: 120, width })
          sheet.text(400, y + 60, '18-09-2026 10:55:35 +07:00', { size: 9 })
        },
      },
    ])
    expect(say(source)).toEqual([intro])
    expect(source.notes).toEqual([{ kind: 'stamp-dropped', count: 4 }])
  })

  test('a footnote stands apart and its figure is raised', async () => {
    const source = await read([
      {
        draw: (sheet) => {
          let y = sheet.paragraph(item, { x: left, baseline: 90, width })
          y = sheet.paragraph(intro, { x: left, baseline: y, width })
          sheet.text(left, y, 'Thực hiện theo Hướng dẫn của cấp trên')
          sheet.text(left + 225, y - 5, '1', { size: 8 })
          sheet.text(left, 780, '1', { size: 7 })
          sheet.text(left + 5, 784, 'Hướng dẫn về công tác bồi dưỡng bí thư chi bộ của Ban Tổ chức.', {
            size: 10,
          })
        },
      },
    ])
    const [, , third, fourth] = source.blocks
    expect(say(source).slice(2)).toEqual([
      'Thực hiện theo Hướng dẫn của cấp trên¹',
      '¹ Hướng dẫn về công tác bồi dưỡng bí thư chi bộ của Ban Tổ chức.',
    ])
    expect(third?.type === 'paragraph' && third.part).toBeUndefined()
    expect(fourth?.type === 'paragraph' && fourth.part).toBe('footnote')
  })

  test('a tab inside a line makes no columns', async () => {
    const source = await read([
      {
        draw: (sheet) => {
          const y = sheet.paragraph(intro, { x: left, baseline: 90, width })
          sheet.text(left + 28, y, 'Thời gian:')
          sheet.text(left + 200, y, 'từ 7 giờ 30 phút ngày 12 tháng 4')
          sheet.text(left + 28, y + 20, 'Đồng chí Bí thư phát biểu.')
          sheet.text(left + 28, y + 40, 'Bế mạc.')
        },
      },
    ])
    expect(say(source)).toEqual([
      ...[intro, 'Thời gian: từ 7 giờ 30 phút ngày 12 tháng 4', 'Đồng chí Bí thư phát biểu.', 'Bế mạc.'],
    ])
  })

  test('watermarks askew are left out', async () => {
    const source = await read([
      {
        draw: (sheet) => {
          sheet.paragraph(intro, { x: left, baseline: 100, width })
          sheet.context.save()
          sheet.context.translate(200, 500)
          sheet.context.rotate(-Math.PI / 4)
          sheet.text(0, 0, 'DỰ THẢO', { size: 60 })
          sheet.context.restore()
        },
      },
    ])
    expect(say(source)).toEqual([intro])
  })

  test('text printed twice a hair apart is read once', async () => {
    const source = await read([
      {
        draw: (sheet) => {
          sheet.text(left, 100, 'I. MỤC ĐÍCH, YÊU CẦU CỦA LỚP BỒI DƯỠNG')
          sheet.text(left + 0.4, 100, 'I. MỤC ĐÍCH, YÊU CẦU CỦA LỚP BỒI DƯỠNG')
          sheet.paragraph(intro, { x: left, baseline: 130, width })
        },
      },
    ])
    expect(say(source)).toEqual(['I. MỤC ĐÍCH, YÊU CẦU CỦA LỚP BỒI DƯỠNG', intro])
  })

  test('a page whose text runs upwards is turned to be read, and its boxes stay where they are seen', async () => {
    const source = await read([
      {
        draw: (sheet) => {
          sheet.context.translate(0, 842)
          sheet.context.rotate(-Math.PI / 2)
          sheet.paragraph(intro, { x: left, baseline: 100, width })
        },
      },
    ])
    expect(say(source)).toEqual([intro])
    expect(source.pages).toEqual([{ width: 595, height: 842 }])
    const block = source.blocks[0]
    const box = block?.type === 'paragraph' ? block.boxes?.[0] : undefined
    expect(box?.x).toBeCloseTo(100 - 14 * 0.92, 0)
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeCloseTo(842 - left - 28, 0)
  })
})

describe('defects of text layers', () => {
  const filler = (sheet: Sheet): number => sheet.paragraph(intro, { x: left, baseline: 90, width })

  test('words that lost the space between them come apart by syllables', async () => {
    const source = await read([
      {
        draw: (sheet) => {
          const y = filler(sheet)
          sheet.text(left, y, 'Quy chếlàm việc; Nghịquyết của chi bộ; Sởgiáo dục; hồ sơ.')
        },
      },
    ])
    expect(say(source)[1]).toBe('Quy chế làm việc; Nghị quyết của chi bộ; Sở giáo dục; hồ sơ.')
  })

  test('lines set letter by letter come together', async () => {
    const source = await read([
      {
        draw: (sheet) => {
          filler(sheet)
          let x = left
          for (const letter of 'KẾ HOẠCH TỔ CHỨC HỘI NGHỊ') {
            if (letter !== ' ') sheet.text(x, 200, letter)
            x += letter === ' ' ? 9 : 15
          }
          sheet.text(left, 240, 'T HÀNH P HỐ AN HẢI ngày mai')
        },
      },
    ])
    expect(say(source).slice(1)).toEqual(['KẾ HOẠCH TỔ CHỨC HỘI NGHỊ', 'THÀNH PHỐ AN HẢI ngày mai'])
  })

  test('letters in the old fonts are converted', async () => {
    const codes =
      'KÕ ho¹ch tæ chøc héi nghÞ häc tËp chuyªn ®Ò cho c¸n bé, ®¶ng viªn cña §¶ng bé x· trong quý tíi.'
    expect(convertLegacy(codes, 'tcvn3')).toContain('Kế hoạch tổ chức hội nghị')
    const source = await read([{ draw: (sheet) => sheet.text(40, 100, codes, { size: 11 }) }])
    expect(source.text).toBe(
      'Kế hoạch tổ chức hội nghị học tập chuyên đề cho cán bộ, đảng viên của Đảng bộ xã trong quý tới.',
    )
    expect(source.notes).toEqual([{ kind: 'tcvn3-converted', count: 1 }])
  })

  test('codes that no rule turns into letters are refused where OCR is not wanted', async () => {
    const noise = 'Wkxj odp ylhf wurqj qjdp pdl fkx wlfk wkj qkdq gdq fdf vr edq qjdqk fkr elhw wkhp wlq wxf'
    const bytes = writePdf([{ draw: (sheet) => sheet.text(40, 100, noise, { size: 11 }) }])
    expect(await readPdfSource(bytes, { ocr: 'never' })).toEqual({ ok: false, reason: 'unknown-letters' })
  })
})

describe('refusals', () => {
  test('what is no PDF is damaged', async () => {
    expect(await readPdfSource(new TextEncoder().encode('không phải PDF'))).toMatchObject({
      ok: false,
      reason: 'damaged',
    })
  })

  test('an empty page has no text', async () => {
    expect(await readPdfSource(writePdf([{ draw: () => undefined }]))).toEqual({
      ok: false,
      reason: 'no-text',
    })
  })

  test('an aborted reading rejects with the reason given', async () => {
    const stop = new AbortController()
    stop.abort(new Error('người dùng dừng'))
    const bytes = writePdf([{ draw: (sheet) => sheet.text(left, 100, intro) }])
    await expect(readPdfSource(bytes, { signal: stop.signal })).rejects.toThrow('người dùng dừng')
  })
})

test('progress is told page by page', async () => {
  const told: PdfProgress[] = []
  const page: FixturePage = { draw: (sheet) => sheet.paragraph(intro, { x: left, baseline: 100, width }) }
  await readPdfSource(writePdf([page, page]), { onProgress: (progress) => told.push(progress) })
  expect(told).toEqual([
    { stage: 'pages', page: 1, pages: 2 },
    { stage: 'pages', page: 2, pages: 2 },
  ])
})
