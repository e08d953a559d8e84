import { fold } from '@trienkhai/vietnamese/fold.ts'
import type { OcrWord } from './ocr-engine.ts'

/**
 * The engine loses marks over capitals (`KÉ HOẠCH`, `YÊU CÀU`, `TỎ CHỨC`), and just the words on which the
 * reading of a document hangs are set in capitals. Words of heads and headings are put right where their bare
 * letters agree. Figures are never touched: a number that cannot be read must not be guessed.
 */
const phrases = [
  'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
  'ĐẢNG CỘNG SẢN VIỆT NAM',
  'ỦY BAN NHÂN DÂN',
  'HỘI ĐỒNG NHÂN DÂN',
  'BAN THƯỜNG VỤ',
  'KẾ HOẠCH',
  'HƯỚNG DẪN',
  'QUYẾT ĐỊNH',
  'CHƯƠNG TRÌNH',
  'BÁO CÁO',
  'THÔNG BÁO',
  'MỤC ĐÍCH',
  'YÊU CẦU',
  'MỤC TIÊU',
  'QUAN ĐIỂM',
  'NỘI DUNG',
  'NHIỆM VỤ',
  'GIẢI PHÁP',
  'TỔ CHỨC THỰC HIỆN',
  'TỔ CHỨC',
  'PHÂN CÔNG',
  'THỰC HIỆN',
  'THỜI GIAN',
  'ĐỊA ĐIỂM',
  'THÀNH PHẦN',
  'ĐỐI TƯỢNG',
  'KINH PHÍ',
  'PHỐI HỢP',
  'TUYÊN TRUYỀN',
  'TRIỂN KHAI',
  'KIỂM TRA',
  'PHỤ LỤC',
  'CHỦ TỊCH',
  'HIỆU TRƯỞNG',
  'GIÁM ĐỐC',
  'TRƯỞNG BAN',
  'BÍ THƯ',
].map((phrase) => {
  const words = phrase.split(' ')
  return { words, keys: words.map(fold) }
})

const capitals = /^\p{Lu}+[.,;:]*$/u
const tail = /[.,;:]*$/

/** Less sure than this of every word, and the line is the edge of a seal or a stroke of a signature. */
const leastSure = 0.5

/** Puts right the marks of known phrases in capitals, and drops strokes that are no letters. */
export function mendOcrWords(words: readonly OcrWord[]): OcrWord[] {
  const mended = words.filter((word) => !isStroke(word.text)).map((word) => ({ ...word }))
  if (mended.length <= 3 && mended.every((word) => word.confidence < leastSure)) return []
  mendNumeral(mended)
  mendColumnName(mended)
  for (let at = 0; at < mended.length; at++) {
    for (const { words: right, keys } of phrases) {
      const here = mended.slice(at, at + keys.length)
      if (here.length < keys.length) continue
      const agrees = here.every(
        (word, also) => capitals.test(word.text) && fold(word.text.replace(tail, '')) === keys[also],
      )
      if (!agrees) continue
      here.forEach((word, also) => {
        word.text = (right[also] ?? '') + (tail.exec(word.text)?.[0] ?? '')
      })
      break
    }
  }
  return mended
}

/** Edges of pages, of tables and of seals come out as strokes by themselves. */
const isStroke = (text: string): boolean => /^[|¦\\`‘’~ˆ¬°<>‹›=_]+$/u.test(text)

/**
 * Before a heading in capitals, three strokes that are taken for H, or two for a U with an L beside them, can
 * only be the numeral III: neither HI nor IIL is one. Figures (`11.` for II.) stay as they were read.
 */
function mendNumeral(words: OcrWord[]): void {
  const [first, ...others] = words
  if (first === undefined || others.length < 2) return
  if (!others.slice(0, 2).every((word) => /^\p{Lu}{2,}[.,;:]*$/u.test(word.text))) return
  if (/^(?:H[IL1l]{1,2}|II[L1l]|I[1l]I)[.,]?$/.test(first.text)) first.text = 'III.'
  else if (/^I[L1l][.,]?$/.test(first.text)) first.text = 'II.'
}

/** `TT` and `STT` stand alone over a table's first column, and their bars run together. */
function mendColumnName([only, ...others]: OcrWord[]): void {
  if (only === undefined || others.length > 0) return
  if (/^T[IÍÌ1l]$/.test(only.text)) only.text = 'TT'
  else if (/^S(?:T[IÍÌ1l]|[I1l]T)$/.test(only.text)) only.text = 'STT'
}
