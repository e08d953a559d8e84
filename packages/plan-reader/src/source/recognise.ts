/** What a file is by its first bytes; names and endings are claims. */
export type FileKind =
  | 'zip'
  | 'ole'
  | 'pdf'
  | 'rtf'
  | 'picture'
  | 'archive'
  | 'old-word'
  | 'mhtml'
  | 'html'
  | 'word-xml'
  | 'markdown'
  | 'text'

const signatures: [FileKind, ...string[]][] = [
  ['zip', 'PK\u0003\u0004', 'PK\u0005\u0006'],
  ['ole', '\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1'],
  ['picture', '\u00ff\u00d8\u00ff', '\u0089PNG\r\n', 'GIF8', 'II*\u0000', 'MM\u0000*'],
  ['archive', '7z\u00bc\u00af\u0027\u001c', 'Rar!\u001a\u0007', '\u001f\u008b\u0008', 'BZh'],
  ['old-word', '\u00db\u00a5', '\u009b\u00a5', '1\u00be\u0000\u0000', '\u00fe7\u0000'],
]

// A PDF may have a kilobyte of anything before it (ISO 32000-1, annex H); scanners' drivers use that.
const headLength = 2048
const pdfWithin = 1024

/** Recognises a file by content first; its name only tells Markdown from text, and settles what content leaves open. */
export function recogniseFile(bytes: Uint8Array, name: string): FileKind {
  const head = Buffer.from(bytes.subarray(0, headLength)).toString('latin1')
  for (const [kind, ...starts] of signatures) if (starts.some((start) => head.startsWith(start))) return kind
  if (/^RIFF....WEBP/s.test(head) || /^....ftyp(?:hei|mif|avif)/s.test(head)) return 'picture'
  if (head.startsWith('BM') && head.slice(6, 10) === '\u0000'.repeat(4)) return 'picture'
  if (head.slice(0, pdfWithin).includes('%PDF-')) return 'pdf'
  const ending = /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  return recogniseText(readableHead(head), ending)
}

/** The beginning without byte order mark and without the zeros of UTF-16. */
function readableHead(head: string): string {
  return head
    .replaceAll('\u0000', '')
    .replace(/^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/, '')
    .trimStart()
}

function recogniseText(head: string, ending: string): FileKind {
  if (/^\{\\(?:rtf|urtf|pwd)/.test(head)) return 'rtf'
  if (
    /^(?:From: |MIME-Version:|Content-Type: multipart)/i.test(head) &&
    /multipart\/related|text\/html/i.test(head)
  )
    return 'mhtml'
  if (/^<\?xml/.test(head) && /<\?mso-application|<(?:w:wordDocument|pkg:package)\b/.test(head))
    return 'word-xml'
  const markup = head.replace(/^(?:<\?xml[^>]*>|<!--[\s\S]*?-->|\s)+/, '')
  if (/^<(?:!doctype\s+html|html|head|body|meta|title|style)\b/i.test(markup)) return 'html'
  const isNamedHtml = /^(?:html?|xhtml|doc)$/.test(ending)
  if (isNamedHtml && /<(?:p|div|table|span|br|h[1-6]|font|center)\b[^>]*>/i.test(markup)) return 'html'
  // A scanner's Markdown may begin with its head as a table in tags.
  const isMarked = /^(?:md|markdown|mdown)$/.test(ending) || /^(?:\*\*|#{1,6} |\\?- )/m.test(markup)
  if (!isMarked && /^<(?:p|div|table|center|h[1-6])\b[^>]*>/i.test(markup) && /<\/\w+>/.test(markup))
    return 'html'
  return /^(?:md|markdown|mdown)$/.test(ending) ? 'markdown' : 'text'
}
