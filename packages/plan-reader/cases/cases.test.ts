import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { listOwnCases, listSharedCases } from './case-files.ts'
import { measureCase, summarise } from './measure-cases.ts'

const floor: { own: number; shared: number } = JSON.parse(
  readFileSync(new URL('floor.json', import.meta.url), 'utf8'),
)

test("the reader doesn't fall under its floor on the project's own cases", async () => {
  const { overall } = summarise(await Promise.all(listOwnCases().map(measureCase)))
  expect(overall).toBeGreaterThanOrEqual(floor.own)
})

test("the reader doesn't fall under its floor on the real plans, where they are there", async () => {
  const cases = listSharedCases()
  const { overall } = summarise(await Promise.all(cases.map(measureCase)))
  expect(cases.length === 0 ? 1 : overall).toBeGreaterThanOrEqual(floor.shared)
})
