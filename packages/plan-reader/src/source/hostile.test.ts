import { describe, expect, test } from 'vitest'
import { makeHostileFiles } from './hostile-files.ts'
import { readSource } from './read-source.ts'
import { describeRefusal } from './refusal.ts'
import { findMisplaced } from './shown-source.ts'

const longestMilliseconds = 2000
const mostBytes = 900 * 1024 * 1024

const files = makeHostileFiles()

describe('hostile files', () => {
  test('are many, each with a name of its own', () => {
    expect(files.length).toBeGreaterThanOrEqual(120)
    expect(new Set(files.map((file) => file.name)).size).toBe(files.length)
  })

  test.each(files.map((file) => [file.name.slice(0, 80), file] as const))(
    'are read sanely or refused clearly, and soon: %s',
    async (_, file) => {
      const bytes = file.make()
      const start = performance.now()
      const before = process.cpuUsage()
      const reading = await readSource(bytes, file.name, { ocr: 'never' })
      // Work, not waiting: other programs on the machine are no fault of the reader's.
      const { user, system } = process.cpuUsage(before)
      const took = Math.min(performance.now() - start, (user + system) / 1000)
      if (reading.ok) {
        expect(file.refused).toBeUndefined()
        expect(findMisplaced(reading.source)).toBeUndefined()
        expect(reading.source.text.normalize('NFC')).toBe(reading.source.text)
      } else {
        // Its own faults a reader must not hide behind a refusal.
        expect(reading).not.toMatchObject({ reason: 'reader-failed' })
        if (file.refused !== undefined) expect(reading.reason).toBe(file.refused)
        expect(describeRefusal(reading, 'vi')).toMatch(/đề nghị/)
      }
      expect(took).toBeLessThan(longestMilliseconds)
      expect(process.memoryUsage().rss).toBeLessThan(mostBytes)
    },
    30_000,
  )
})
