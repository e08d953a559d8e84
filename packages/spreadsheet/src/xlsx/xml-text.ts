/**
 * Text inside XML. What XML cannot hold, and carriage returns, which it would change, are written as spreadsheet
 * programs do (`_x000D_`); a text that looks like such an escape is itself escaped.
 */
export function xmlText(text: string): string {
  return text
    .toWellFormed()
    .replace(/_x[0-9A-Fa-f]{4}_/g, (code) => `_x005F${code}`)
    .replace(
      unwritable,
      (unit) => `_x${(unit.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}_`,
    )
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
}

const unwritable = /(?![\t\n])\p{Cc}|[\ufffe\uffff]/gu
