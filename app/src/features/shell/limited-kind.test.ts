import { expect, test } from 'vitest'
import { limitedKindOf } from './limited-kind.ts'

const asked = (parts: Partial<Parameters<typeof limitedKindOf>[0]>) =>
  limitedKindOf({ method: 'GET', routeId: '/plans', search: null, contentType: null, ...parts })

test('ordinary pages and forms are of no kind that is limited', () => {
  expect(asked({})).toBeUndefined()
  expect(asked({ search: '  ' })).toBeUndefined()
  expect(asked({ routeId: null })).toBeUndefined()
  expect(
    asked({ method: 'POST', contentType: 'application/x-www-form-urlencoded', search: 'x' }),
  ).toBeUndefined()
})

test('searches, files that are made, files that come and feeds are', () => {
  expect(asked({ search: 'chi bộ' })).toBe('search')
  expect(asked({ routeId: '/papers/[id]/docx' })).toBe('export')
  expect(asked({ routeId: '/record/export', method: 'POST' })).toBe('export')
  expect(asked({ routeId: '/exports', method: 'POST' })).toBe('export')
  expect(asked({ routeId: '/imports/templates/[kind]' })).toBe('export')
  expect(asked({ routeId: '/imports/[id]/correction' })).toBe('export')
  expect(asked({ method: 'POST', contentType: 'multipart/form-data; boundary=x' })).toBe('upload')
  expect(asked({ routeId: '/feeds/events.ics' })).toBe('feed')
})
