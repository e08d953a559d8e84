import { describe, expect, test } from 'vitest'
import { findPasswordProblem } from './passwords.ts'

const own = ['Nguyễn Thị Hoa Mai', 'nguyenthihoamai', 'canbo']

describe('a password', () => {
  test.each([
    ['ngắn quá', 'short'],
    ['a'.repeat(129), 'long'],
    ['aaaaaaaaaaaa', 'simple'],
    ['0912345678', 'simple'],
    ['19081945', 'short'],
    ['abcdefghijkl', 'simple'],
    ['qwertyuiop', 'simple'],
    ['matkhau123', 'common'],
    ['MatKhau@2026', 'common'],
    ['mật khẩu 123', 'common'],
    ['Anhyeuem1234', 'common'],
    ['dangcongsan1930', 'common'],
    ['Vietnam@2026', 'common'],
    ['password123', 'common'],
    ['P@ssw0rd2026', 'common'],
    ['NguyenThiHoaMai', 'name'],
    ['nguyenthihoamai1', 'name'],
    ['Nguyễn Thị Hoa Mai 85', 'name'],
  ] as const)('%j is refused: %s', async (password, problem) => {
    expect(await findPasswordProblem(password, own)).toBe(problem)
  })

  test.each([
    'trienkhai-mau',
    'bốn con trâu gặm cỏ',
    'chiều nay mưa trên phố',
    'Rq7!vLxw20Zt',
    'hoamai thích uống trà sen',
  ])('%j is taken', async (password) => {
    expect(await findPasswordProblem(password, own)).toBeUndefined()
  })
})
