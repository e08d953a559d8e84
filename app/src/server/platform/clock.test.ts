import { afterEach, expect, test } from 'vitest'
import { now, setClock, today } from './clock.ts'

afterEach(() => setClock(undefined))

test('the day changes when it does in Vietnam', () => {
  setClock(new Date('2026-11-22T16:59:59Z'))
  expect(today()).toBe('2026-11-22')
  setClock(new Date('2026-11-22T17:00:00Z'))
  expect(today()).toBe('2026-11-23')
})

test('a clock that stands hands out moments that nobody can change', () => {
  setClock(new Date('2026-11-22T00:00:00Z'))
  now().setFullYear(1999)
  expect(now().toISOString()).toBe('2026-11-22T00:00:00.000Z')
})
