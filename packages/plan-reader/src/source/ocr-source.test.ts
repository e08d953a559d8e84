import { describe, expect, test } from 'vitest'
import type { SourceDocument } from '../source-document.ts'
import { mendOcrWords } from './ocr-words.ts'
import { renderPage } from './page-image.ts'
import { type FixturePage, type Sheet, writePdf, writeScan } from './pdf-fixture.ts'
import { type PdfProgress, readPdfSource } from './pdf-source.ts'

const left = 85
const width = 468

const paragraphs = [
  'Thực hiện chương trình công tác năm 2026, Ủy ban nhân dân xã Đông Thạnh ban hành kế hoạch ra quân dọn vệ ' +
    'sinh các tuyến kênh, trồng cây xanh và chỉnh trang trụ sở các ấp trước mùa mưa với những nội dung sau đây:',
  '- Mỗi ấp tổ chức ít nhất hai buổi lao động công ích trong tháng 4, có phân công người phụ trách từng đoạn ' +
    'kênh, chụp ảnh trước và sau khi làm để gửi kèm báo cáo kết quả về Văn phòng.',
  '- Phòng Kinh tế chủ trì, phối hợp với Đoàn Thanh niên, Hội Nông dân chuẩn bị dụng cụ, cây giống và nước ' +
    'uống; bảo đảm an toàn cho người tham gia, nhất là tại các đoạn kênh sâu, nước chảy xiết.',
  '- Kinh phí thực hiện trích từ nguồn sự nghiệp môi trường đã giao đầu năm và đóng góp tự nguyện của nhân dân.',
]

function drawPlan(sheet: Sheet): void {
  sheet.text(150, 70, 'ỦY BAN NHÂN DÂN', { align: 'center', bold: true, size: 13 })
  sheet.text(150, 87, 'XÃ ĐÔNG THẠNH', { align: 'center', bold: true, size: 13 })
  sheet.text(400, 70, 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { align: 'center', bold: true, size: 12 })
  sheet.text(400, 87, 'Độc lập - Tự do - Hạnh phúc', { align: 'center', bold: true, size: 13 })
  sheet.text(319, 150, 'KẾ HOẠCH', { align: 'center', bold: true })
  let y = 190
  for (const text of paragraphs) y = sheet.paragraph(text, { x: left, baseline: y, width })
}

const expected = [
  ...[
    'ỦY BAN NHÂN DÂN',
    'XÃ ĐÔNG THẠNH',
    'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
    'Độc lập - Tự do - Hạnh phúc',
  ],
  ...['KẾ HOẠCH', ...paragraphs],
]

async function read(bytes: Uint8Array, told: PdfProgress[] = []): Promise<SourceDocument> {
  const reading = await readPdfSource(bytes, { onProgress: (progress) => told.push(progress) })
  if (!reading.ok) throw new Error(reading.reason)
  return reading.source
}

/** How many letters must be changed, added or taken away to make one text of the other. */
function countWrong(text: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, at) => at)
  for (let at = 1; at <= text.length; at++) {
    const next = [at]
    for (let also = 1; also <= right.length; also++) {
      const same = text[at - 1] === right[also - 1] ? 0 : 1
      next.push(Math.min((row[also] ?? 0) + 1, (next[also - 1] ?? 0) + 1, (row[also - 1] ?? 0) + same))
    }
    row = next
  }
  return row[right.length] ?? 0
}

describe('a scan', () => {
  test('is read with less than 2 % of its letters wrong, in the order of its paragraphs', {
    timeout: 60_000,
  }, async () => {
    const told: PdfProgress[] = []
    const source = await read(writeScan([{ draw: drawPlan }], 200), told)
    const right = expected.join('\n')
    expect(countWrong(source.text, right) / right.length).toBeLessThan(0.02)
    expect(source.blocks.length).toBe(expected.length)
    expect(source.notes).toEqual([{ kind: 'ocr', count: 1 }])
    expect(source.pages).toEqual([{ width: 595, height: 842 }])
    expect(told).toEqual([
      { stage: 'pages', page: 1, pages: 1 },
      { stage: 'ocr', page: 1, pages: 1 },
    ])
    const word = source.blocks.flatMap((block) => (block.type === 'paragraph' ? (block.boxes ?? []) : []))[0]
    expect(word?.confidence).toBeGreaterThan(0.8)
    expect(word?.page).toBe(0)
    // `ỦY` stands a little right of the left edge, its foot on the line at 70 points.
    expect(word?.y).toBeGreaterThan(50)
    expect((word?.y ?? 0) + (word?.height ?? 0)).toBeLessThan(76)
  })

  test('with a ruled table comes out as a table', { timeout: 60_000 }, async () => {
    const xs = [85, 125, 330, 553]
    const ys = [300, 330, 365, 400]
    const cells = [
      ['TT', 'Nội dung công việc', 'Đơn vị chủ trì'],
      ['1', 'Trồng cây xanh ven kênh', 'Phòng Kinh tế'],
      ['2', 'Chỉnh trang trụ sở ấp', 'Văn phòng'],
    ]
    const source = await read(
      writeScan(
        [
          {
            draw: (sheet) => {
              sheet.paragraph(paragraphs[0] ?? '', { x: left, baseline: 100, width })
              for (const y of ys) sheet.rule(85, y, 553, y)
              for (const x of xs) sheet.rule(x, 300, x, 400)
              cells.forEach((row, line) => {
                row.forEach((cell, column) => {
                  sheet.text((xs[column] ?? 0) + 8, (ys[line] ?? 0) + 21, cell, { size: 13 })
                })
              })
            },
          },
        ],
        200,
      ),
    )
    const table = source.blocks.find((block) => block.type === 'table')
    expect(
      table?.type === 'table' &&
        table.rows.map((row) => row.map((cell) => source.text.slice(cell.span[0], cell.span[1]))),
    ).toEqual(cells)
  })

  test('that lies on its side is turned', { timeout: 90_000 }, async () => {
    const turned: FixturePage = {
      width: 842,
      height: 595,
      draw: (sheet) => {
        sheet.context.translate(0, 595)
        sheet.context.rotate(-Math.PI / 2)
        drawPlan(sheet)
      },
    }
    const source = await read(writeScan([turned], 150))
    expect(source.text).toContain('Mỗi ấp tổ chức ít nhất hai buổi lao động công ích')
    expect(source.pages).toEqual([{ width: 842, height: 595 }])
  })

  test('is refused where OCR is not wanted', async () => {
    const bytes = writeScan([{ draw: drawPlan }], 100)
    expect(await readPdfSource(bytes, { ocr: 'never' })).toEqual({ ok: false, reason: 'no-text' })
  })

  test('can be stopped while it is read', { timeout: 30_000 }, async () => {
    const stop = new AbortController()
    const reading = readPdfSource(writeScan([{ draw: drawPlan }, { draw: drawPlan }], 200), {
      signal: stop.signal,
      onProgress: ({ stage }) => {
        if (stage === 'ocr') stop.abort(new Error('thôi'))
      },
    })
    await expect(reading).rejects.toThrow('thôi')
  })
})

test('a text layer of noise is passed over for the picture of the page', { timeout: 60_000 }, async () => {
  const noise = 'Wkxj odp ylhf wurqj qjdp pdl fkx wlfk wkj qkdq gdq fdf vr edq qjdqk fkr elhw wkhp wlq wxf'
  const source = await read(
    writePdf([
      {
        draw: (sheet) => {
          sheet.text(40, 100, noise, { size: 11 })
        },
      },
    ]),
  )
  expect(source.notes).toEqual([{ kind: 'ocr', count: 1 }])
})

describe('words in capitals', () => {
  const words = (text: string) =>
    text.split(' ').map((word, at) => ({ text: word, confidence: 0.7, x: at, y: 0, width: 1, height: 1 }))
  const mend = (text: string): string =>
    mendOcrWords(words(text))
      .map((word) => word.text)
      .join(' ')

  test('of heads and headings get their marks back', () => {
    expect(mend('KÉ HOẠCH')).toBe('KẾ HOẠCH')
    expect(mend('I. MỤC ĐÍCH, YÊU CẢU')).toBe('I. MỤC ĐÍCH, YÊU CẦU')
    expect(mend('HI. TỎ CHỨC THỰC HIỆN')).toBe('III. TỔ CHỨC THỰC HIỆN')
    expect(mend('TI')).toBe('TT')
    expect(mend('STI')).toBe('STT')
  })

  test('figures and other words stay as they were read', () => {
    expect(mend('JAC/KH-ĐHTĐ')).toBe('JAC/KH-ĐHTĐ')
    expect(mend('11. TỎ CHỨC THỰC HIỆN')).toBe('11. TỔ CHỨC THỰC HIỆN')
    expect(mend('kế hoạch cua xã')).toBe('kế hoạch cua xã')
  })
})

describe('the picture of a page', () => {
  const bytes = writePdf([{ draw: drawPlan }])

  test('is as wide as asked', async () => {
    const image = await renderPage(bytes, 0, 800)
    expect(image).toMatchObject({ ok: true, mediaType: 'image/webp', width: 800, height: 1132 })
  })

  test('never has more pixels than the bound', async () => {
    const image = await renderPage(writePdf([{ width: 2000, height: 14_000, draw: drawPlan }]), 0, 4000)
    expect(image.ok && image.width * image.height).toBeLessThanOrEqual(16_100_000)
  })

  test('of a page that is not there is refused', async () => {
    expect(await renderPage(bytes, 7, 800)).toEqual({ ok: false, reason: 'damaged', found: 'page 8' })
  })
})
