import { expect, test } from 'vitest'
import { mayShipUnder } from './audit-dependencies.ts'

test.each([
  ['MIT', true],
  ['(MIT AND Zlib)', true],
  ['MIT OR GPL-3.0-only', true],
  ['MIT AND GPL-3.0-only', false],
  ['AGPL-3.0-only', false],
  ['SEE LICENSE IN LICENSE.md', false],
])('a package under %s may ship: %s', (licence, may) => {
  expect(mayShipUnder(licence)).toBe(may)
})
