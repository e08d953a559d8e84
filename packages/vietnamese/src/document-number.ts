/**
 * Numbers of official documents: `21-KH/ĐU`, `05-QC/BTCTU-BDVTU`, `15/QĐ-UBND`, `30/2020/NĐ-CP`,
 * `91/2025/QH15`, `QCVN 102:2016/BTTTT`. A number alone does not identify a document (Party numbers start
 * again each term, State numbers each year): the key is kind, number, issuer and date.
 */
export interface DocumentNumber {
  /** Without spaces, letters as printed: `21-KH/ĐU`. A blank number keeps its sign: `-KH/ĐU`, `/KH-UBND`. */
  number: string
  /** UTF-16 offsets in the text searched. */
  start: number
  end: number
}

// "PGD&ĐT" is one body's sign.
const letters = '[\\p{Lu}][\\p{L}\\d]*(?:&\\p{Lu}[\\p{L}\\d]*)*'
const dash = '[-–]'
const forms = [
  // QCVN 102:2016/BTTTT
  `(?:QCVN|TCVN)\\s?\\d{1,5}(?:-\\d{1,2})?:\\d{4}(?:/${letters})?`,
  // 30/2020/NĐ-CP, 91/2025/QH15, 53/2015/NQ-HĐND
  `\\d{1,5}\\s?/(?:19|20)\\d{2}\\s?/${letters}(?:\\s?[-–/]\\s?${letters})*`,
  // 178/CP, 252/TTg: before 1996 the sign was the body alone
  '\\d{1,4}/(?:CP|TTg|HĐBT|HĐNN8?|LCT|CTN)(?![-–/])',
  // số 197/STTTT, số 380/TB/TW: a sign without a hyphen is one only behind "số", so that no fraction, house or bus becomes one
  `(?<=[Ss]ố\\s{0,2}:?\\s{0,2})\\d{1,5}\\s?/\\s?(?:\\p{Lu}{3,}(?:&\\p{Lu}+)*|\\p{Lu}{2,4}/\\p{Lu}{2,})(?!\\s?[-–/&])`,
  // 15/QĐ-UBND, 27/CT-TTg, 773 /QĐ-TTg
  `\\d{1,5}\\s?/\\s?${letters}(?:\\s?${dash}\\s?${letters})+`,
  // 21-KH/ĐU, 21 -KH/ĐU, 05-QC/BTCTU-BDVTU
  `\\d{1,5}\\s?${dash}\\s?\\p{Lu}\\p{L}*\\s?/\\s?${letters}(?:\\s?${dash}\\s?${letters})*`,
]
const anywhere = new RegExp(`(?<![\\p{L}\\d/.-])(?:${forms.join('|')})(?![\\p{L}\\d])`, 'gu')

/** Every document number in a text, in order, repeats included. */
export function findDocumentNumbers(text: string): DocumentNumber[] {
  return Array.from(text.matchAll(anywhere), (match) => ({
    number: tidyNumber(match[0]),
    start: match.index,
    end: match.index + match[0].length,
  }))
}

/** A number as it is compared and stored in indexes: no spaces (but in `QCVN 102…`), plain hyphens, NFC. */
export function tidyNumber(printed: string): string {
  const plain = printed.normalize('NFC').replace(/[–]/g, '-')
  const standard = /^(QCVN|TCVN)\s*/u.exec(plain)
  return standard
    ? `${standard[1]} ${plain.slice(standard[0].length).replace(/\s+/gu, '')}`
    : plain.replace(/\s+/gu, '')
}
