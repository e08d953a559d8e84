// Cuts the serif for the screen down to the letters of Vietnamese and English: a tenth of the whole file.
// Run it when the font's package changes: `node tools/subset-fonts.ts`.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import subsetFont from 'subset-font'

const require = createRequire(resolve('packages/plan-reader/package.json'))
const faces = { 400: '400Regular/Tinos_400Regular.ttf', 700: '700Bold/Tinos_700Bold.ttf' }
// Latin with all the letters of Vietnamese, its punctuation, arrows and bullets of lists, and the đồng sign.
const ranges = [
  [0x20, 0x17f],
  [0x1a0, 0x1b0],
  [0x300, 0x323],
  [0x1ea0, 0x1ef9],
  [0x2010, 0x2044],
  [0x20ab, 0x20ac],
  [0x2190, 0x2193],
  [0x25a0, 0x25cf],
] as const

const letters = ranges.flatMap(([from, to]) =>
  Array.from({ length: to - from + 1 }, (_, at) => String.fromCodePoint(from + at)),
)
for (const [weight, face] of Object.entries(faces)) {
  const whole = readFileSync(require.resolve(`@expo-google-fonts/tinos/${face}`))
  const cut = await subsetFont(whole, letters.join(''), { targetFormat: 'woff2' })
  writeFileSync(`app/src/ui/fonts/tinos-${weight}.woff2`, cut)
  console.log(
    `tinos-${weight}.woff2: ${Math.round(cut.length / 1024)} kB of ${Math.round(whole.length / 1024)} kB`,
  )
}
