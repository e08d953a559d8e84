/**
 * A spreadsheet program takes a CSV cell that begins with one of these for a formula, quoted or not. The known guard is
 * an apostrophe before it; a text that already begins with apostrophes and such a sign gets one more, so that taking
 * one away gives back what was written.
 */
const looksLikeFormula = /^'*[=+\-@\t\r]/
const isGuarded = /^'+[=+\-@\t\r]/

/** A text as it is written into a CSV cell, where nothing runs. */
export function guardText(text: string): string {
  return looksLikeFormula.test(text) ? `'${text}` : text
}

/** What was meant by a CSV cell: {@link guardText} undone. */
export function unguardText(text: string): string {
  return isGuarded.test(text) ? text.slice(1) : text
}
