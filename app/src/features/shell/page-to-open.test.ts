import { expect, test } from 'vitest'
import { pageToOpen } from './page-to-open.ts'

test.each(['/', '/plans', '/plans?q=abc#row', '/documents/1/file'])(
  'opens a page of the product: %s',
  (page) => {
    expect(pageToOpen(page)).toBe(page)
  },
)

test.each([
  null,
  undefined,
  '',
  'plans',
  'https://example.com/',
  '//example.com/',
  '/\\example.com/',
  '/\t/example.com/',
  '/\n/example.com/',
  '/\r\n//example.com/',
  '/.//example.com/',
  '/plans/..//example.com/',
])('opens the first page instead of %j', (wanted) => {
  expect(pageToOpen(wanted)).toBe('/')
})
