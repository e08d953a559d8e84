/** Real letters bear two marks, careless typing four; a letter under eight is a picture of something else. */
const mostMarks = 8
const heaped = new RegExp(`(\\p{M}{${mostMarks}})\\p{M}+`, 'gu')

/**
 * Takes away marks heaped on one letter beyond what any writing has. Composing such heaps takes time that grows
 * with their square: a file of 400,000 marks would hold the process for a minute.
 */
export function limitMarks(text: string): string {
  return text.replace(heaped, '$1')
}

/** NFC in time that grows with the text. */
export function composeText(text: string): string {
  return limitMarks(text).normalize('NFC')
}
