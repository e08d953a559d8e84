/** What a page without the product's frame says. */
export interface PlainWords {
  title: string
  mend: string
  home: string
  product: string
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escapeText = (text: string): string => text.replace(/[&<>"]/g, (letter) => escapes[letter] ?? letter)

/** A page that is answered before any page of the product is drawn: a title, what to do, the way home. */
export function drawPlainPage(words: PlainWords, language: 'vi' | 'en'): string {
  const title = escapeText(words.title)
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/plain.css">
<title>${title} · ${escapeText(words.product)}</title>
</head>
<body><main>
<h1>${title}</h1>
<p>${escapeText(words.mend)}</p>
<p><a href="/">${escapeText(words.home)}</a></p>
</main></body>
</html>
`
}
