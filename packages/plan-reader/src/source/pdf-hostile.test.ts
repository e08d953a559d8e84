import { describe, expect, test } from 'vitest'
import { renderPage } from './page-image.ts'
import { honestText } from './pdf-hostile-build.ts'
import { listHostilePdfs } from './pdf-hostile-files.ts'
import { readPdfSource } from './pdf-source.ts'
import { readSourceInThread, renderPagesInThread } from './reading-thread.ts'
import { describeRefusal } from './refusal.ts'

const files = [...listHostilePdfs()]
const longest = 5000

/** Milliseconds of work since, not of waiting: other programs on the machine are no fault of the reader's. */
function stopwatch(): () => number {
  const started = performance.now()
  const before = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(before)
    return Math.min(performance.now() - started, (user + system) / 1000)
  }
}

test('there are at least eighty of them, each of its own kind', () => {
  expect(files.length).toBeGreaterThanOrEqual(80)
  expect(new Set(files.map((file) => file.name)).size).toBe(files.length)
})

const quick = files.filter((file) => !file.endless)
const endless = files.filter((file) => file.endless)

describe('a hostile PDF is read or refused, in time', () => {
  test.each(quick)('$name', { timeout: longest * 12 }, async ({ bytes, readable }) => {
    const started = stopwatch()
    const reading = await readPdfSource(bytes, { ocr: 'never' })
    expect(started()).toBeLessThan(longest)
    if (readable) expect(reading.ok && reading.source.text).toContain(honestText)
    else if (!reading.ok) expect(describeRefusal(reading, 'vi')).not.toBe('')
    const drawing = stopwatch()
    const image = await renderPage(bytes, 0, 300)
    expect(drawing()).toBeLessThan(longest)
    if (image.ok) expect(image.width * image.height).toBeLessThanOrEqual(16_000_000)
  })
})

describe('one made to run for ever is stopped', () => {
  const bounds = { deadlineMs: 2500, maxMemoryMb: 400 }
  test.each(endless)('$name', { timeout: longest * 12 }, async ({ bytes, name }) => {
    const started = stopwatch()
    const reading = await readSourceInThread(bytes, `${name}.pdf`, bounds)
    const images = await renderPagesInThread(bytes, [0], 300, bounds)
    expect(started()).toBeLessThan(longest * 3)
    if (!reading.ok) expect(describeRefusal(reading, 'vi')).not.toBe('')
    expect(images.size).toBe(1)
  })
})

test('the locked one says so', async () => {
  const locked = files.find((file) => file.name === 'locked with a password')
  expect(await readPdfSource(locked?.bytes ?? new Uint8Array())).toEqual({ ok: false, reason: 'encrypted' })
})

test('in a thread, OCR and all, they leave the process as it was', { timeout: 60_000 }, async () => {
  const tried = ['a stream that inflates to 60 MB', 'a page of a milliard points', 'arrays in arrays']
  for (const { name, bytes } of files.filter((file) => tried.includes(file.name))) {
    const reading = await readSourceInThread(bytes, `${name}.pdf`, { deadlineMs: 12_000, maxMemoryMb: 400 })
    expect(reading.ok || describeRefusal(reading, 'vi') !== '').toBe(true)
  }
})
