import type { SourceDocument } from '../source-document.ts'
import { limitMarks } from './combining-marks.ts'
import { decodeText } from './decode-text.ts'
import { defaultLimits, type Limits } from './limits.ts'
import type { PdfOptions } from './pdf-source.ts'
import { type FileKind, recogniseFile } from './recognise.ts'
import { catchRefusal, type Refusal, refuse, type SourceReading, StopReading } from './refusal.ts'

export interface ReadOptions extends PdfOptions {
  limits?: Limits
}

/**
 * Reads a file of any format that this product knows. The content says what it is, whatever its name (a `.doc`
 * may hold HTML, RTF or a zip); each format's reader is loaded when it is first needed. Every file gives a
 * reading or a refusal: only aborting `options.signal` rejects, with the signal's reason.
 */
export async function readSource(
  bytes: Uint8Array,
  name: string,
  options: ReadOptions = {},
): Promise<SourceReading> {
  const limits = options.limits ?? defaultLimits
  if (bytes.length === 0) return refuse('empty')
  if (bytes.length > limits.fileBytes) return refuse('too-large', { limit: limits.fileBytes })
  const kind = recogniseFile(bytes, name)
  try {
    return await readKind(kind, bytes, limits, options)
  } catch (error) {
    options.signal?.throwIfAborted()
    if (error instanceof StopReading) return catchRefusal(error)
    // A fault of a reader's, ours or a library's. The file must not take the caller down with it.
    return refuse('reader-failed', {
      found: `${kind}: ${error instanceof Error ? error.message : 'unknown'}`,
    })
  }
}

async function readKind(
  kind: FileKind,
  bytes: Uint8Array,
  limits: Limits,
  options: ReadOptions,
): Promise<SourceReading> {
  switch (kind) {
    case 'zip': {
      const { readDocxSource } = await import('./docx-source.ts')
      return readDocxSource(bytes, limits)
    }
    case 'ole': {
      const { readDocSource } = await import('./doc-source.ts')
      return readDocSource(bytes, limits)
    }
    case 'rtf': {
      const { readRtfSource } = await import('./rtf-source.ts')
      return readRtfSource(bytes, limits)
    }
    case 'html':
    case 'mhtml': {
      const { readHtmlSource, readMhtmlSource } = await import('./html-source.ts')
      return kind === 'html' ? readHtmlSource(bytes, limits) : readMhtmlSource(bytes, limits)
    }
    case 'pdf': {
      const { readPdfSource } = await import('./pdf-source.ts')
      return await readPdfSource(bytes, options)
    }
    case 'text':
    case 'markdown':
      return await readPlainText(bytes, kind, limits)
    case 'picture':
    case 'archive':
    case 'old-word':
      return refuse(kind)
    case 'word-xml':
      return refuse('unknown-format', { found: 'Word 2003 XML' })
  }
}

async function readPlainText(
  bytes: Uint8Array,
  format: 'text' | 'markdown',
  limits: Limits,
): Promise<SourceReading> {
  const decoded = decodeText(bytes)
  if (!decoded.ok) return decoded
  return await readText(decoded.text, format, limits, decoded.notes)
}

/** Reads text that is text already: pasted, or given as a string. */
export async function readText(
  text: string,
  format: 'text' | 'markdown',
  limits: Limits = defaultLimits,
  notes: SourceDocument['notes'] = [],
): Promise<SourceReading> {
  const refusal = judgeText(text, limits)
  if (refusal) return refusal
  const { readTextSource } = await import('./text-source.ts')
  const source = readTextSource(limitMarks(text.replace(/\r\n?/g, '\n')), format)
  return { ok: true, source: { ...source, notes: [...notes, ...source.notes] } }
}

function judgeText(text: string, limits: Limits): Refusal | undefined {
  if (text.length > limits.characters)
    return refuse('too-much-inside', { limit: limits.characters, found: 'characters' })
  if (!/[\p{L}\p{N}]/u.test(text)) return refuse(text.trim() === '' ? 'empty' : 'no-text')
  return undefined
}
