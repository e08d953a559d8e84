const separators = /\B(?=(\d{3})+(?!\d))/g

/** `1234567.5` → `1.234.567,5`: dots between thousands, a comma before the decimals. */
export function formatNumber(value: number, decimals?: number): string {
  const text = decimals === undefined ? String(Math.abs(value)) : Math.abs(value).toFixed(decimals)
  const [whole = '0', fraction] = text.split('.')
  const sign = value < 0 && Number(text) !== 0 ? '-' : ''
  return `${sign}${whole.replace(separators, '.')}${fraction ? `,${fraction}` : ''}`
}

/**
 * A share as offices print it: `1874, 2012` → `93,1%`. One decimal at most, none where it is zero; never
 * rounded up to 100 % while something is missing, nor down to 0 % while something is there. Nothing out of
 * nothing is `–`.
 */
export function formatShare(part: number, whole: number): string {
  if (whole === 0) return '–'
  let tenths = Math.round((part * 1000) / whole)
  if (tenths >= 1000 && part < whole) tenths = 999
  if (tenths === 0 && part > 0) tenths = 1
  return `${formatNumber(tenths / 10)}%`
}

/** Numbers under ten take a leading zero in official text: `7` → `07`, `12` → `12`. */
export function padNumber(value: number): string {
  return value >= 0 && value < 10 ? `0${value}` : formatNumber(value)
}

const romanValues = [
  ['X', 10],
  ['IX', 9],
  ['V', 5],
  ['IV', 4],
  ['I', 1],
] as const

/** `4` → `IV`. For 1 to 89, as sections and quarters need. */
export function toRoman(value: number): string {
  let rest = value
  let roman = ''
  if (rest >= 50) {
    roman = 'L'
    rest -= 50
  } else if (rest >= 40) {
    roman = 'XL'
    rest -= 40
  }
  for (const [letters, worth] of romanValues) {
    while (rest >= worth) {
      roman += letters
      rest -= worth
    }
  }
  return roman
}

/** `IV` → 4; undefined where the letters are no Roman number as written by hand (`IIII`, `IC`). */
export function fromRoman(letters: string): number | undefined {
  const upper = letters.toUpperCase()
  for (let value = 1; value < 90; value++) if (toRoman(value) === upper) return value
  return undefined
}
