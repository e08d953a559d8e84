import { decodeText } from './decode-text.ts'
import { readHtmlStory } from './html-story.ts'
import { layOut } from './lay-out.ts'
import { defaultLimits, type Limits } from './limits.ts'
import { findWebPage } from './mhtml.ts'
import { catchRefusal, refuse, type SourceReading } from './refusal.ts'

/**
 * Reads a web page, or a document that Word or another program saved as one: paragraphs, headings, lists with
 * the numbers that a browser shows, tables as full grids. Scripts, styles and hidden text are dropped, nothing
 * is fetched. What cannot be read comes back as a refusal.
 */
export function readHtmlSource(bytes: Uint8Array, limits: Limits = defaultLimits): SourceReading {
  return readPage(bytes, findCharset(bytes), limits)
}

/** Reads a web page with its pictures in one file (`.mht`), which Word and web offices also name `.doc`. */
export function readMhtmlSource(bytes: Uint8Array, limits: Limits = defaultLimits): SourceReading {
  const page = findWebPage(bytes)
  return page ? readPage(page.bytes, page.charset, limits) : refuse('damaged', { found: 'no page in MIME' })
}

function readPage(bytes: Uint8Array, charset: string | undefined, limits: Limits): SourceReading {
  const decoded = decodeText(bytes, charset)
  if (!decoded.ok) return decoded
  const html = decoded.text.replace(inlineData, '""')
  if (html.length > limits.partBytes)
    return refuse('too-much-inside', { limit: limits.partBytes, found: 'html' })
  // The tokenizer compares every attribute of a tag with all before it; no honest tag is this long.
  if (longTag.test(html)) return refuse('unsafe', { found: 'tag' })
  try {
    const reading = layOut('html', readHtmlStory(html, limits), limits)
    if (!reading.ok) return reading
    const { source } = reading
    return { ok: true, source: { ...source, notes: [...decoded.notes, ...source.notes] } }
  } catch (error) {
    return catchRefusal(error)
  }
}

/** Pictures inside the page. */
const inlineData = /(?:"data:[^"]{100,}"|'data:[^']{100,}')/g
const longTag = /<[a-zA-Z/][^<>]{20000}/

/** The charset that a page names itself, in its first bytes. */
function findCharset(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 4096)).toString('latin1')
  return /charset\s*=\s*["']?([\w-]{1,40})/i.exec(head)?.[1]
}
