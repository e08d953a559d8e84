import { describe, expect, test } from 'vitest'
import { defaultLimits } from './limits.ts'
import { writePdf, writeScan } from './pdf-fixture.ts'
import type { PdfProgress } from './pdf-source.ts'
import { readSourceInThread, renderPagesInThread } from './reading-thread.ts'

const text = 'KẾ HOẠCH\ntổ chức ngày hội đọc sách của xã\n\n1. Mục đích, yêu cầu'
const bytesOf = (words: string): Uint8Array => new TextEncoder().encode(words)
const scan = (): Uint8Array =>
  writeScan([{ draw: (sheet) => sheet.text(85, 100, 'Ủy ban nhân dân xã tổ chức ngày hội đọc sách') }], 150)

describe('a file read in a thread', { timeout: 60_000 }, () => {
  test('comes out as it does without one', async () => {
    const reading = await readSourceInThread(bytesOf(text), 'ke-hoach.txt')
    expect(reading.ok && reading.source.blocks.length).toBe(3)
  })

  test('keeps the bytes of the caller', async () => {
    const bytes = bytesOf(text)
    await readSourceInThread(bytes, 'ke-hoach.txt')
    expect(new TextDecoder().decode(bytes)).toBe(text)
  })

  test('tells its progress, OCR and all', async () => {
    const told: PdfProgress[] = []
    const reading = await readSourceInThread(scan(), 'quet.pdf', {
      onProgress: (progress) => told.push(progress),
    })
    expect(reading.ok && reading.source.text).toBe('Ủy ban nhân dân xã tổ chức ngày hội đọc sách')
    expect(told).toEqual([
      { stage: 'pages', page: 1, pages: 1 },
      { stage: 'ocr', page: 1, pages: 1 },
    ])
  })

  test('is refused when it takes too long', async () => {
    expect(await readSourceInThread(scan(), 'quet.pdf', { deadlineMs: 30 })).toEqual({
      ok: false,
      reason: 'took-too-long',
      limit: 30,
    })
  })

  test('is refused when it grows too large', async () => {
    const pages = Array.from({ length: 40 }, () => ({
      draw: (sheet: { text: (x: number, y: number, words: string) => void }) => {
        for (let line = 0; line < 40; line++)
          sheet.text(40, 60 + line * 18, 'một hai ba bốn năm sáu bảy tám chín mười')
      },
    }))
    expect(await readSourceInThread(writePdf(pages), 'day.pdf', { maxMemoryMb: 12 })).toEqual({
      ok: false,
      reason: 'out-of-memory',
      limit: 12,
    })
  })

  test('is held to the limits given', async () => {
    const page = {
      draw: (sheet: { text: (x: number, y: number, words: string) => void }) => sheet.text(85, 100, text),
    }
    const limits = { ...defaultLimits, pages: 1 }
    expect(await readSourceInThread(writePdf([page, page]), 'hai-trang.pdf', { limits })).toEqual({
      ok: false,
      reason: 'too-many-pages',
      limit: 1,
      found: '2',
    })
  })

  test('can be stopped at any moment', async () => {
    const stop = new AbortController()
    setTimeout(() => stop.abort(new Error('thôi')), 50)
    await expect(readSourceInThread(scan(), 'quet.pdf', { signal: stop.signal })).rejects.toThrow('thôi')
  })
})

describe('pages drawn in a thread', { timeout: 60_000 }, () => {
  const bytes = writePdf([{ draw: (sheet) => sheet.text(85, 100, text) }])

  test('come out as pictures, and one that is not there is refused', async () => {
    const images = await renderPagesInThread(bytes, [0, 4], 300)
    expect(images.get(0)).toMatchObject({ ok: true, width: 300, mediaType: 'image/webp' })
    expect(images.get(4)).toEqual({ ok: false, reason: 'damaged', found: 'page 5' })
  })

  test('carry the refusal of their file', async () => {
    const images = await renderPagesInThread(bytesOf(text), [0, 1], 300)
    expect([...images.values()].map((image) => image.ok || image.reason)).toEqual(['damaged', 'damaged'])
  })
})
