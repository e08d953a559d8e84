import { addDays, type CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import type { Cell } from '../sheet.ts'

/** How a cell's number is shown: as a day, as a month of a year, with leading zeros, or as it is. */
export type NumberForm =
  | { readonly kind: 'plain' }
  | { readonly kind: 'day' }
  | { readonly kind: 'month' }
  | { readonly kind: 'digits'; readonly digits: number }

const plain: NumberForm = { kind: 'plain' }

/** Formats that a workbook doesn't spell out (ECMA-376 part 1, 18.8.30): days in Western and East Asian locales. */
const builtInDays = new Set([14, 15, 16, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58])
/** `mmm-yy`: month and year. */
const builtInMonth = 17

/** The form that a number format stands for; `code` is its pattern where the workbook spells it out. */
export function numberForm(id: number, code: string | undefined): NumberForm {
  if (code === undefined) {
    if (id === builtInMonth) return { kind: 'month' }
    return builtInDays.has(id) ? { kind: 'day' } : plain
  }
  // Only the section for positive numbers; without quoted text, escaped letters, colours and locales.
  const bare = (code.replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '').split(';')[0] ?? '').toLowerCase()
  if (/y/.test(bare)) return /d/.test(bare) ? { kind: 'day' } : /m/.test(bare) ? { kind: 'month' } : plain
  if (/d/.test(bare) && /m/.test(bare)) return { kind: 'day' }
  // 000000 is how people keep the leading zeros of a code that was typed as a number.
  const zeros = bare.replace(/[\s.\-/]/g, '')
  return /^0{2,}$/.test(zeros) && bare === zeros ? { kind: 'digits', digits: zeros.length } : plain
}

/** A cell's number as people see it: a day, digits with their leading zeros, or plain digits. */
export function numberCell(raw: string, form: NumberForm, from1904: boolean): Cell {
  const value = Number(raw)
  if (raw.trim() === '' || !Number.isFinite(value)) return { type: 'text', text: raw }
  if (form.kind === 'day' || form.kind === 'month') {
    const day = serialDay(value, from1904)
    if (day !== undefined)
      return { type: 'date', text: day, ...(form.kind === 'month' ? { monthOnly: true } : {}) }
  }
  const digits = plainDigits(value)
  if (form.kind === 'digits' && /^\d+$/.test(digits))
    return { type: 'text', text: digits.padStart(form.digits, '0') }
  return { type: 'number', text: digits }
}

/** The day of a serial number of Excel's calendar, which holds a 29/02/1900 that never was. */
export function serialDay(serial: number, from1904: boolean): CivilDate | undefined {
  const whole = Math.floor(serial)
  if (from1904) return whole < 0 || whole > 100_000 ? undefined : addDays('1904-01-01' as CivilDate, whole)
  if (whole < 1 || whole > 109_574 || whole === 60) return undefined
  return addDays('1899-12-31' as CivilDate, whole > 60 ? whole - 1 : whole)
}

/** A number without exponent, as people write it. */
function plainDigits(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? BigInt(value).toString() : String(value)
}

/**
 * Text of a cell without the escapes by which XML keeps characters that it cannot hold (`_x000D_`). Half a letter, which
 * no database keeps, shows as `\ufffd`.
 */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text
  return text
    .replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => {
      const unit = Number.parseInt(code, 16)
      return unit === 0 ? '' : String.fromCharCode(unit)
    })
    .toWellFormed()
}
