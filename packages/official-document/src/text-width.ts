/**
 * Widths of text set in Times New Roman's metrics, in points: what a rule "as long as the text" and a column
 * that must hold a line are computed from. The advance widths (thousandths of the size) are those of Tinos,
 * which is made to Times New Roman's widths; a Vietnamese letter is as wide as its base letter, horn included.
 */
export type Face = 'regular' | 'bold' | 'italic' | 'boldItalic'

const advances: Record<Face, readonly (readonly [number, string])[]> = {
  regular: [
    [180, "'"],
    [200, '|'],
    [250, ' ,.'],
    [278, '/:;\\ijlt'],
    [333, '!()-I[]`fr‘’'],
    [389, 'Js'],
    [408, '"'],
    [444, '?acez“”'],
    [469, '^'],
    [480, '{}'],
    [500, '#$*0123456789_bdghknopquvxyđ–'],
    [529, 'ơ'],
    [541, '~'],
    [542, 'ư'],
    [556, 'FPS'],
    [564, '+<=>'],
    [611, 'ELTZ'],
    [667, 'BCR'],
    [722, 'ADGHKNOQUVXYwĐƠ'],
    [776, 'Ư'],
    [778, '&m'],
    [833, '%'],
    [889, 'M'],
    [921, '@'],
    [944, 'W'],
    [1000, '—…'],
  ],
  bold: [
    [220, '|'],
    [250, ' ,.'],
    [278, "'/\\il"],
    [333, '!()-:;[]`fjt‘’'],
    [389, 'Is'],
    [394, '{}'],
    [444, 'cerz'],
    [500, '#$*0123456789?J_agovxy–“”'],
    [520, '~'],
    [554, 'ơ'],
    [555, '"'],
    [556, 'Sbdhknpquđ'],
    [570, '+<=>'],
    [581, '^'],
    [600, 'ư'],
    [611, 'FP'],
    [667, 'BELTZ'],
    [722, 'ACDNRUVXYwĐ'],
    [778, 'GHKOQƠ'],
    [796, 'Ư'],
    [833, '&m'],
    [930, '@'],
    [944, 'M'],
    [1000, '%W—…'],
  ],
  italic: [
    [214, "'"],
    [250, ' ,.'],
    [275, '|'],
    [278, '/\\fijlt'],
    [333, '!()-:;I`‘’'],
    [389, '[]rsz'],
    [400, '{}'],
    [420, '"'],
    [422, '^'],
    [444, 'Jcekvxy'],
    [500, '#$*0123456789?S_abdghnopquđ–'],
    [534, 'ơ'],
    [541, '~'],
    [545, 'ư'],
    [556, 'LTYZ“”'],
    [611, 'ABEFPRVX'],
    [667, 'CKNw'],
    [675, '+<=>'],
    [722, 'DGHOQUmĐƠ'],
    [754, 'Ư'],
    [778, '&'],
    [833, '%MW'],
    [889, '—…'],
    [920, '@'],
  ],
  boldItalic: [
    [220, '|'],
    [250, ' ,.'],
    [278, "'/\\ijlt"],
    [333, '()-:;[]`f‘’'],
    [348, '{}'],
    [389, '!Irsz'],
    [444, 'cevy'],
    [500, '#$*0123456789?J_abdgkopqxđ–“”'],
    [537, 'ơ'],
    [555, '"'],
    [556, 'Shnu'],
    [570, '+<=>^~'],
    [599, 'ư'],
    [611, 'LPTYZ'],
    [667, 'ABCEFKRVXw'],
    [722, 'DGNOQUĐƠ'],
    [775, 'Ư'],
    [778, '&Hm'],
    [832, '@'],
    [833, '%'],
    [889, 'MW'],
    [1000, '—…'],
  ],
}

const widthOf = new Map<Face, Map<string, number>>(
  (Object.keys(advances) as Face[]).map((face) => [
    face,
    new Map(advances[face].flatMap(([width, letters]) => Array.from(letters, (letter) => [letter, width]))),
  ]),
)
// What the table doesn't hold (other scripts) counts as wide as a capital, so that columns err on the wide side.
const widthOfUnknown = 722
const horn = '\u031B'

function baseOf(letter: string): string {
  const parts = letter.normalize('NFD')
  const first = parts.charAt(0)
  return parts.includes(horn) ? (first + horn).normalize('NFC') : first
}

/** The width of one line of `text` at `sizePt`, in points. Control and combining characters take no room. */
export function measureText(text: string, sizePt: number, face: Face = 'regular'): number {
  const widths = widthOf.get(face)
  let thousandths = 0
  for (const letter of text.normalize('NFC')) {
    if (/[\p{M}\p{Cc}\p{Cf}]/u.test(letter)) continue
    const plain = letter === '\u00A0' ? ' ' : letter
    thousandths += widths?.get(plain) ?? widths?.get(baseOf(plain)) ?? widthOfUnknown
  }
  return (thousandths * sizePt) / 1000
}
