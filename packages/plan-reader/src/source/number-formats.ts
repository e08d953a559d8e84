/**
 * Automatic numbers as Word prints them, by the names of ST_NumberFormat (ECMA-376 part 1, 17.18.59). Formats
 * that no Vietnamese paper uses come out in plain figures.
 */
export function formatNumber(value: number, format: string): string {
  switch (format) {
    case 'none':
      return ''
    case 'upperRoman':
      return toRoman(value)
    case 'lowerRoman':
      return toRoman(value).toLowerCase()
    case 'upperLetter':
      return toLetters(value)
    case 'lowerLetter':
      return toLetters(value).toLowerCase()
    case 'decimalZero':
      return String(value).padStart(2, '0')
    case 'numberInDash':
      return `- ${value} -`
    case 'decimalEnclosedParen':
      return `(${value})`
    case 'decimalEnclosedFullstop':
      return `${value}.`
    case 'decimalEnclosedCircle':
      return value >= 1 && value <= 20 ? String.fromCodePoint(0x2460 + value - 1) : String(value)
    case 'ordinal':
    case 'ordinalText':
      return `thứ ${value === 1 ? 'nhất' : value === 4 ? 'tư' : toVietnamese(value)}`
    case 'cardinalText':
    case 'vietnameseCounting':
      return toVietnamese(value)
    case 'chicago':
      return toChicago(value)
    default:
      return String(value)
  }
}

const romanLetters: [number, string][] = [
  [1000, 'M'],
  [900, 'CM'],
  [500, 'D'],
  [400, 'CD'],
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
]

function toRoman(value: number): string {
  // A start value is a claim of the file: two thousand million in Roman figures would be megabytes of M.
  if (value < 1 || value > 3999) return String(value)
  let rest = value
  let roman = ''
  for (const [worth, letters] of romanLetters)
    while (rest >= worth) {
      roman += letters
      rest -= worth
    }
  return roman
}

/** a … z, then aa, bb …: Word repeats the letter. */
function toLetters(value: number): string {
  if (value < 1 || value > 260) return String(value)
  return String.fromCharCode(65 + ((value - 1) % 26)).repeat(Math.floor((value - 1) / 26) + 1)
}

function toChicago(value: number): string {
  if (value < 1 || value > 40) return String(value)
  return '*†‡§'.charAt((value - 1) % 4).repeat(Math.floor((value - 1) / 4) + 1)
}

const digitWords = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín']

function toVietnamese(value: number): string {
  if (value < 0 || value > 99) return String(value)
  const tens = Math.floor(value / 10)
  const ones = value % 10
  if (tens === 0) return digitWords[ones] ?? ''
  const head = tens === 1 ? 'mười' : `${digitWords[tens]} mươi`
  if (ones === 0) return head
  if (ones === 5) return `${head} lăm`
  if (ones === 1 && tens > 1) return `${head} mốt`
  return `${head} ${digitWords[ones]}`
}
