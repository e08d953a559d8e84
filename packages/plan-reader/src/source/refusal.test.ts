import { expect, test } from 'vitest'
import { catchRefusal, describeRefusal, refuse, StopReading } from './refusal.ts'

test('a refusal says in both languages what is the matter, with the bound that was passed', () => {
  expect(describeRefusal(refuse('too-large', { limit: 40 * 1024 * 1024 }), 'vi')).toBe(
    'Tệp lớn hơn mức cho phép (40 MB); đề nghị nén ảnh bên trong hoặc tách phụ lục rồi gửi lại.',
  )
  expect(describeRefusal(refuse('too-many-pages', { limit: 1500 }), 'vi')).toContain('(1.500)')
  expect(describeRefusal(refuse('too-many-pages', { limit: 1500 }), 'en')).toContain('(1,500)')
  expect(describeRefusal(refuse('encrypted'), 'en')).toBe(
    'The file is locked by a password; open it, remove the password and send it again.',
  )
})

test('only a stop of our own becomes a refusal; a fault stays one', () => {
  expect(catchRefusal(new StopReading('unsafe', { found: 'x' }))).toEqual({
    ok: false,
    reason: 'unsafe',
    found: 'x',
  })
  expect(() => catchRefusal(new TypeError('ours'))).toThrow('ours')
})
