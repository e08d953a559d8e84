import { cutOff, flipBits, type HostileFile, shuffle } from './hostile-changes.ts'

const latin = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))
const sample = String.raw`{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}{\f1\fcharset163 A;}}{\stylesheet{\s1 heading 1;}}{\info{\author x}}\pard\qc{\b K\u7871? ho\u7841?ch}\par{\listtext 1.\tab}\f1 M\'f2c\par\trowd\clbrdrl\brdrs\clvmgf\cellx1000\cellx3000\pard\intbl 1\cell a{\footnote x}\cell\row\trowd\clvmrg\cellx1000\cellx3000\pard\intbl\cell b\cell\row\pard{\field{\*\fldinst PAGE}{\fldrslt 1}}{\shp{\*\shpinst{\shptxt D\u7921?\par}}}\par}`

/** RTF that was cut, hurt or built to exhaust. */
export function makeHostileRtf(): HostileFile[] {
  const bytes = latin(sample)
  const rtf = (name: string, body: string, refused?: string): HostileFile => ({
    name: `rtf, ${name}`,
    make: () => latin(`{\\rtf1\\ansi ${body}}`),
    ...(refused !== undefined && { refused }),
  })
  return [
    // A cut within the first word leaves no RTF.
    ...cutOff('rtf', bytes, 14).map((file) => ({ ...file, refused: 'damaged' })),
    ...flipBits('rtf', bytes, 14),
    ...Array.from({ length: 14 }, (_, index) => ({
      name: `rtf, shuffled (${index})`,
      make: () => latin(shuffle(sample, index, /(?=[{}\\])/)),
    })),
    rtf('a hundred thousand groups', '{'.repeat(100_000) + '}'.repeat(100_000), 'too-much-inside'),
    rtf('a hundred thousand groups that close', '{x}'.repeat(100_000)),
    rtf('ends of groups alone', '}'.repeat(100_000)),
    rtf('two gigabytes of data claimed', '\\bin2000000000 x', 'damaged'),
    rtf('less than no data claimed', 'x\\bin-5 y'),
    rtf('a figure of a million digits', `x\\b${'9'.repeat(1_000_000)} y`),
    rtf('a word of a million letters', `x\\${'a'.repeat(1_000_000)} y`),
    rtf('a million letters with fallbacks', '\\uc200000000 x\\u7871 y'),
    rtf('letters without fallback', '\\uc0 \\u7871\\u-1\\u99999999 x'),
    rtf('half letters', "x\\'\\'zz\\'4"),
    rtf('a hundred thousand paragraphs', 'x\\par '.repeat(100_000), 'too-much-inside'),
    rtf('a million line ends in one', 'x\\line '.repeat(70_000), 'too-much-inside'),
    rtf('a row of a hundred thousand edges', `\\trowd${'\\cellx5'.repeat(100_000)}\\intbl x\\cell\\row`),
    rtf(
      'edges that run backwards',
      '\\trowd\\cellx5000\\cellx-900\\cellx0\\intbl a\\cell b\\cell c\\cell\\row',
    ),
    rtf('a row of ten thousand cells', `\\trowd\\intbl ${'x\\cell '.repeat(10_000)}\\row`, 'too-much-inside'),
    rtf('rows without cells', `${'\\trowd\\row'.repeat(10_000)}x`),
    rtf('cells without rows', 'x\\cell '.repeat(150)),
    rtf('tables in tables', '\\itap900\\nestcell x\\nestrow'.repeat(1000)),
    rtf(
      'ten thousand fonts',
      `{\\fonttbl${Array.from({ length: 10_000 }, (_, index) => `{\\f${index} A;}`).join('')}}x`,
    ),
    rtf('a font of a million letters', `{\\fonttbl{\\f0 ${'A'.repeat(1_000_000)};}}x`),
    rtf('footnotes in footnotes', `x${'{\\footnote x'.repeat(150)}${'}'.repeat(150)}`),
    rtf(
      'text boxes in headers in footnotes',
      '{\\footnote{\\header{\\shptxt{\\footer x\\par}\\par}\\par}\\par}y\\par',
    ),
    rtf('ten megabytes of picture', `x{\\pict ${'00ff'.repeat(2_500_000)}}`),
    rtf('two megabytes of letters in hex', "\\'f3".repeat(500_000)),
    rtf('styles in styles', `{\\stylesheet${'{\\s1 '.repeat(100)}${'}'.repeat(100)}}x`),
    { name: 'rtf, the first word', make: () => latin('{\\rtf'), refused: 'damaged' },
    { name: 'rtf, with zeros between', make: () => latin([...sample].join('\u0000')) },
  ]
}
