/** A line of text with its marks taken off. */
export interface TextLine {
  text: string
  bold: boolean
  /** How many characters a bold beginning has, marker and all; 0 for none. */
  boldLead: number
  italic: boolean
  /** 1–6; 0 for none. */
  heading: number
  /** Whether it was a row of a Markdown table: its pipes still stand. */
  piped: boolean
}

const named: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  ldquo: '“',
  rdquo: '”',
  lsquo: '‘',
  rsquo: '’',
  bull: '•',
  agrave: 'à',
  aacute: 'á',
  acirc: 'â',
  atilde: 'ã',
  egrave: 'è',
  eacute: 'é',
  ecirc: 'ê',
  igrave: 'ì',
  iacute: 'í',
  ograve: 'ò',
  oacute: 'ó',
  ocirc: 'ô',
  otilde: 'õ',
  ugrave: 'ù',
  uacute: 'ú',
  yacute: 'ý',
  Agrave: 'À',
  Aacute: 'Á',
  Acirc: 'Â',
  Atilde: 'Ã',
  Egrave: 'È',
  Eacute: 'É',
  Ecirc: 'Ê',
  Igrave: 'Ì',
  Iacute: 'Í',
  Ograve: 'Ò',
  Oacute: 'Ó',
  Ocirc: 'Ô',
  Otilde: 'Õ',
  Ugrave: 'Ù',
  Uacute: 'Ú',
  Yacute: 'Ý',
}

const entity = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/giu
const invisible = /[\u200b-\u200f\u2060\ufeff\u00ad]/gu
const control = /(?![\n\t])\p{Cc}/gu

/** The lines of a text, entities read, marks of emphasis, headings, quotes and escapes taken off. */
export function readTextLines(text: string): TextLine[] {
  const plain = decodeEntities(
    text
      .replace(/\r\n?/gu, '\n')
      .replace(invisible, '')
      .replace(/[\f\v]/gu, '\n'),
  )
    .replace(control, '')
    .normalize('NFC')
  return layTables(dropAsides(plain))
    .split('\n')
    .flatMap((raw) => {
      const line = readLine(raw)
      if (line.piped || !line.text.includes('\n')) return [line]
      return line.text.split('\n').map((part) => ({ ...line, text: part }))
    })
}

/** Comments, pictures and marks of footnotes, which are no words of the paper. */
function dropAsides(text: string): string {
  let out = text
  if (out.includes('<!--')) out = out.replace(/<!--[\s\S]{0,2000}?-->/gu, '')
  if (out.includes('<sup')) out = out.replace(/<sup>\s*[[(]?\d{1,2}[\])]?\s*<\/sup>/giu, '')
  if (out.includes('[^')) out = out.replace(/\[\^\d{1,3}\]/gu, '')
  if (out.includes('![')) out = out.replace(/!\[[^[\]]{0,300}\]\([^()\s]{0,500}\)/gu, '')
  return out
}

/** Tables in HTML, as OCR engines write them into Markdown, laid as rows of pipes. */
function layTables(text: string): string {
  if (!/<table/iu.test(text)) return text
  const parts = text.split(/(<table[^<>]{0,300}>|<\/table>)/iu)
  let inside = false
  return parts
    .map((part) => {
      if (/^<table/iu.test(part)) {
        inside = true
        return '\n\n'
      }
      if (/^<\/table>$/iu.test(part)) {
        inside = false
        return '\n\n'
      }
      return inside ? layRows(part) : part
    })
    .join('')
}

function layRows(html: string): string {
  return html
    .split(/<tr[^<>]{0,300}>/iu)
    .slice(1)
    .map((row) => {
      const cells = row.split(/<t[dh]((?:\s[^<>]{0,300})?)>/iu)
      const laid: string[] = []
      for (let at = 2; at < cells.length; at += 2) {
        const words = (cells[at] ?? '')
          .replace(/<\/(?:td|th|tr|tbody|thead)>/giu, '')
          .replace(/\s*\n\s*/gu, ' ')
          .replaceAll('|', '/')
        laid.push(words.trim())
        const span = Number(/colspan\s*=\s*["']?(\d{1,2})/iu.exec(cells[at - 1] ?? '')?.[1] ?? 1)
        for (let more = 1; more < Math.min(span, 30); more++) laid.push('')
      }
      return `| ${laid.join(' | ')} |`
    })
    .join('\n')
}

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(entity, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name) return named[name] ?? named[name.toLowerCase()] ?? whole
    const code = decimal ? Number(decimal) : Number.parseInt(hex ?? '', 16)
    return code > 8 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
      ? String.fromCodePoint(code)
      : whole
  })
}

function readLine(raw: string): TextLine {
  let text = raw
  let heading = 0
  const piped = /^\s*\|.*\|\s*$/u.test(text)
  const hashes = /^\s{0,3}(#{1,6})\s+/u.exec(text)
  if (hashes?.[1]) {
    heading = hashes[1].length
    text = text.slice(hashes[0].length)
  }
  text = text.replace(/^\s{0,3}>\s?/u, '')
  const [bold, italic] = emphasisOf(text)
  const lead = bold || heading > 0 || piped ? undefined : boldLeadOf(text)
  text = stripMarks(text, piped)
  return {
    text,
    bold: bold || heading > 0,
    boldLead: lead === undefined ? 0 : stripMarks(lead, piped).trimEnd().length,
    italic,
    heading,
    piped,
  }
}

/** Whether a line is bold or slanted as a whole, by its marks. */
function emphasisOf(text: string): [boolean, boolean] {
  const trimmed = text.trim().replace(/^(?:[-+*]\s+|\d{1,2}[.)]\s+)/u, '')
  const bold =
    /^(?:\*\*|__|<b>|<strong>)/u.test(trimmed) && /(?:\*\*|__|<\/b>|<\/strong>)[.:;,]?$/u.test(trimmed)
  const italic =
    !bold && /^(?:[*_](?![*_\s])|<i>|<em>)/u.test(trimmed) && /(?:[*_]|<\/i>|<\/em>)[.:;,]?$/u.test(trimmed)
  return [bold, italic]
}

/** The bold words, marks and all, that a line in plain type begins with: `**1. Lập danh mục.** Ưu tiên …`. */
function boldLeadOf(text: string): string | undefined {
  return /^\s*(?:\d{1,2}(?:\.\d{1,2}){0,2}\\?[.)-]?\s+|[a-zđ]\)\s+)?(?:\*\*[^*]{4,240}\*\*|<b>[^<]{4,240}<\/b>|<strong>[^<]{4,240}<\/strong>)/u.exec(
    text,
  )?.[0]
}

const tag = /<\/?(?:b|i|u|em|strong|span|sup|sub|font|center|p|div)(?:\s[^<>]{0,200})?>/giu

function stripMarks(text: string, piped: boolean): string {
  let out = text
  if (out.includes('<')) out = out.replace(/<br\s*\/?>/giu, piped ? '\ue001' : '\n').replace(tag, '')
  if (out.includes('*') || out.includes('_')) {
    // A star with a space after it at the start of a line is a bullet, and stays.
    const bullet = /^\s*\*\s+(?=[^*\s])/u.exec(out)?.[0] ?? ''
    out = bullet + stripEmphasis(out.slice(bullet.length))
  }
  if (out.includes('\\')) out = out.replace(/\\([\\`*_{}[\]()#+\-.!|<>~])/gu, '$1')
  if (out.includes('`')) out = out.replace(/`{1,3}/gu, '')
  if (out.includes('](')) out = out.replace(/!?\[([^[\]]{0,300})\]\([^()\s]{0,500}\)/gu, '$1')
  return out.replaceAll('\ue001', '\n')
}

function stripEmphasis(text: string): string {
  // An escaped star is the writer's own (`\*`), and survives.
  return text
    .replace(/\\\*/gu, '\ue002')
    .replace(/\*{1,3}/gu, '')
    .replace(/(^|[^\p{L}\p{N}_])_{1,3}(?=[^\s_])/gu, '$1')
    .replace(/([^\s_])_{1,3}(?![\p{L}\p{N}_])/gu, '$1')
    .replaceAll('\ue002', '*')
}
