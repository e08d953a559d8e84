import fc from 'fast-check'
import { expect, it } from 'vitest'
import { gatherBytes, readAll } from '../gather.test-data.ts'
import { importLimits } from '../limits.ts'
import { guardText, unguardText } from './guarded-text.ts'
import { writeCsv } from './write-csv.ts'

const sheet = [
  ['1', 'Họ và tên', 'Chức vụ'],
  ['2', 'Nguyễn Văn Đỗ', 'Bí thư'],
]
const lines = 'Họ và tên;Chức vụ\r\nNguyễn Văn Đỗ;Bí thư\r\n'

it('reads every encoding that Vietnamese sheets are saved in', async () => {
  const wide = (order: 'le' | 'be', mark: boolean): Uint8Array => {
    const bytes = Buffer.from((mark ? '\ufeff' : '') + lines, 'utf16le')
    return order === 'le' ? bytes : bytes.swap16()
  }
  for (const bytes of [
    Buffer.from(lines),
    Buffer.from(`\ufeff${lines}`),
    wide('le', true),
    wide('be', true),
    wide('le', false),
  ])
    expect(await readAll(bytes)).toEqual({ '': sheet })
})

it('reads TCVN3 and VNI', async () => {
  // "Nguyễn Văn Đỗ", "Trần Thị Bưởi", "phó bí thư" as the fonts of that time wrote them.
  const tcvn3 = 'Hä vµ tªn;Chøc vô\nNguyÔn V¨n §ç;bÝ th­\nTrÇn ThÞ B­ëi;phã bÝ th­\n'
  expect(await readAll(Buffer.from(tcvn3, 'latin1'))).toEqual({
    '': [
      ['1', 'Họ và tên', 'Chức vụ'],
      ['2', 'Nguyễn Văn Đỗ', 'bí thư'],
      ['3', 'Trần Thị Bưởi', 'phó bí thư'],
    ],
  })
  const vni = 'Hoï vaø teân;Chöùc vuï\nNguyeãn Vaên Ñoã;bí thö\nTraàn Thò Böôûi;phoù bí thö\n'
  expect(await readAll(Buffer.from(vni, 'latin1'))).toEqual({
    '': [
      ['1', 'Họ và tên', 'Chức vụ'],
      ['2', 'Nguyễn Văn Đỗ', 'bí thư'],
      ['3', 'Trần Thị Bưởi', 'phó bí thư'],
    ],
  })
})

it('finds the delimiter, minds quotes, and keeps leading zeros', async () => {
  const expected = { '': [['1', 'a;b', '0912', null, 'x\ny']] }
  for (const delimiter of [';', '\t', ',', '|'])
    expect(await readAll(Buffer.from(['"a;b"', '0912', '', '"x\ny"'].join(delimiter)))).toEqual(expected)
  expect(await readAll(Buffer.from('sep=;\r\na,b;c\r\n'))).toEqual({ '': [['1', 'a,b', 'c']] })
})

it('refuses what is no text and what passes a bound', async () => {
  expect(await readAll(Uint8Array.from({ length: 400 }, (_, at) => at % 256))).toMatchObject({ ok: false })
  expect(await readAll(Buffer.from('a,b\nc,d\ne,f'), { ...importLimits, rows: 2 })).toEqual({
    ok: false,
    reason: 'too-many-rows',
    limit: 2,
  })
  expect(await readAll(Buffer.from(`a,b\n${'x'.repeat(30)},d`), { ...importLimits, cellLength: 20 })).toEqual(
    {
      ok: false,
      reason: 'cell-too-long',
      limit: 20,
      found: 'A2',
    },
  )
  expect(await readAll(Buffer.from('a,b\n"c,d'))).toMatchObject({ ok: false, reason: 'damaged' })
})

it('writes what begins like a formula as text, and reads it back as it was', () => {
  expect(['=1+1', '+84', '-5', '@x', '\tx', "'=x", 'x', "'tis"].map(guardText)).toEqual([
    "'=1+1",
    "'+84",
    "'-5",
    "'@x",
    "'\tx",
    "''=x",
    'x',
    "'tis",
  ])
  fc.assert(
    fc.property(fc.string(), fc.constantFrom('', '=', '+', '-', '@', '\t', "'", "'="), (text, start) => {
      const guarded = guardText(start + text)
      expect(unguardText(guarded)).toBe(start + text)
      expect(/^[=+\-@\t\r]/.test(guarded)).toBe(false)
    }),
  )
})

it('writes sheets that read back the same', async () => {
  const bytes = await gatherBytes(
    writeCsv({
      name: 'x',
      columns: [
        { title: 'Tên', width: 10 },
        { title: 'Ngày', width: 10 },
      ],
      rows: [
        [
          [{ text: '=cmd|x' }, { text: '2024-02-01', type: 'date' }],
          [undefined, { text: 'a"b' }],
        ],
      ],
    }),
  )
  expect(Buffer.from(bytes).toString()).toBe('\ufeff"Tên","Ngày"\r\n"\'=cmd|x","01/02/2024"\r\n,"a""b"\r\n')
  expect(await readAll(bytes)).toEqual({
    '': [
      ['1', 'Tên', 'Ngày'],
      ['2', '=cmd|x', '01/02/2024'],
      ['3', null, 'a"b'],
    ],
  })
})
