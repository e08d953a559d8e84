import { describe, expect, test } from 'vitest'
import { convertLegacy, detectLegacyEncoding, hasUnknownLetters } from './legacy-encodings.ts'

const plain = 'Ủy ban nhân dân xã tổ chức lễ phát động, tuyên truyền đến từng hộ; giữ gìn vệ sinh'

/** Writes Unicode text in a legacy encoding, by trying every code that the conversion knows. */
function encode(text: string, encoding: 'tcvn3' | 'vni'): string {
  const codes = new Map<string, string>()
  const singles = Array.from({ length: 0x5f }, (_, index) => String.fromCharCode(0xa1 + index))
  const bases = [...'aeouyAEOUY', 'ô', 'ö', 'Ô', 'Ö']
  const pairs = encoding === 'vni' ? bases.flatMap((base) => singles.map((mark) => base + mark)) : []
  for (const code of [...singles, ...pairs]) {
    const letter = convertLegacy(code, encoding)
    if (letter.length === 1 && letter !== code && !codes.has(letter)) codes.set(letter, code)
  }
  return [...text].map((letter) => codes.get(letter) ?? letter).join('')
}

describe('legacy letters', () => {
  test.each([
    ['tcvn3', 'Céng hoµ x· héi chñ nghÜa ViÖt Nam', 'Cộng hoà xã hội chủ nghĩa Việt Nam'],
    ['tcvn3', '§éc lËp - Tù do - H¹nh phóc', 'Độc lập - Tự do - Hạnh phúc'],
    ['vni', 'Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam', 'Cộng hòa xã hội chủ nghĩa Việt Nam'],
    ['vni', 'ÑAÛNG UÛY, KEÁ HOAÏCH, QUYEÁT ÑÒNH', 'ĐẢNG ỦY, KẾ HOẠCH, QUYẾT ĐỊNH'],
    ['vni', 'ngöôøi, ñöôïc, lyù luaän, kyû luaät, Myõ', 'người, được, lý luận, kỷ luật, Mỹ'],
  ] as const)('of %s are seen and converted: %s', (encoding, text, unicode) => {
    expect(detectLegacyEncoding(text)).toBe(encoding)
    expect(convertLegacy(text, encoding)).toBe(unicode)
  })

  test('of .VnTimeH are capitals', () => {
    expect(convertLegacy('ñy ban nh©n d©n', 'tcvn3', true)).toBe('ỦY BAN NHÂN DÂN')
  })

  test('are all known: every lower-case letter comes back', () => {
    const letters = 'àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ ĂÂĐÊÔƠƯ'
    for (const encoding of ['tcvn3', 'vni'] as const)
      expect(convertLegacy(encode(letters, encoding), encoding)).toBe(letters)
  })

  test.each(['tcvn3', 'vni'] as const)('of %s are told from the other’s', (encoding) => {
    const text = encode(plain.toLowerCase(), encoding)
    expect(detectLegacyEncoding(text)).toBe(encoding)
    expect(convertLegacy(text, encoding)).toBe(plain.toLowerCase())
  })

  test.each([
    plain,
    plain.normalize('NFD'),
    'Kế hoạch số 5; tăng 2 ÷ 3 °C, ±5 %, «trích», ½ ngày, © 2026',
    'xã, thị trấn có ý kiến; cô giáo và trò',
    'The committee shall submit its report by 31 March.',
    'Le comité a été créé à la mairie; il faut protéger les forêts',
    'KÕ',
    '',
  ])('are not seen in %s', (text) => expect(detectLegacyEncoding(text)).toBeUndefined())
})

describe('letters of an unknown encoding', () => {
  test('are seen, so that nothing is read from them', () => {
    // VISCII, read as Western text.
    expect(hasUnknownLetters('QuÀc h¥i nß¾c Cµng hòa xã hµi chü nghîa Vi®t Nam, ngß¶i dân')).toBe(true)
  })

  test.each([
    plain,
    'Le comité a été créé à la mairie; il faut protéger les forêts',
    '5 µm và 3 °C',
    'Café Zürich',
  ])('are not seen in %s', (text) => expect(hasUnknownLetters(text)).toBe(false))
})
