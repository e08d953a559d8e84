import { showMoment } from '#features/shell/format.ts'
import type { LetterDetails, LetterKind, WrittenLetter } from './schema.ts'
import { letterWords } from './words.ts'

/** Writes a letter out of what is kept of it; `address` is that of its link, where it has one. */
export function writeLetter(
  letter: { kind: LetterKind; language: 'vi' | 'en'; details: LetterDetails },
  address: string | null,
): WrittenLetter {
  const words = letterWords[letter.language]
  const { subject, body, link } = words[letter.kind]
  const { details } = letter
  const after = address !== null && details.until ? [words.until(showMoment(details.until))] : []
  return {
    subject,
    paragraphs: [
      words.greeting(details.name),
      body(details),
      ...after,
      ...(letter.kind === 'reset' ? [words.notYou] : []),
      words.footer,
    ],
    link: address === null ? null : { address, label: link, after: 2 },
  }
}

/** The letter as plain text. */
export function letterText({ paragraphs, link }: WrittenLetter): string {
  const lines = [...paragraphs]
  if (link) lines.splice(link.after, 0, link.address)
  return `${lines.join('\n\n')}\n`
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** The letter as a page without pictures, scripts or anything to fetch. */
export function letterHtml({ subject, paragraphs, link }: WrittenLetter, language: 'vi' | 'en'): string {
  const lines = paragraphs.map((paragraph) => `<p>${escaped(paragraph)}</p>`)
  if (link) {
    const address = escaped(link.address)
    lines.splice(
      link.after,
      0,
      `<p><a href="${address}">${escaped(link.label)}</a><br><small>${address}</small></p>`,
    )
  }
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head><body style="font-family: sans-serif; font-size: 16px; line-height: 1.5; max-width: 36em">${lines.join('')}</body></html>`
}
