import type { Paragraph } from '../source-document.ts'
import { type DocFile, readDocFile } from './doc-file.ts'
import { DocStory } from './doc-story.ts'
import { type DraftBlock, flatten } from './draft.ts'
import { layOut } from './lay-out.ts'
import { defaultLimits, type Limits } from './limits.ts'
import { type OleContainer, openOle } from './ole-container.ts'
import { catchRefusal, type Refusal, refuse, type SourceReading } from './refusal.ts'

/**
 * Reads a document of Word 97 to 2003 (MS-DOC): text with its automatic numbers, tables, footnotes, text boxes.
 * Our own reader and not word-extractor, which loses numbers and tables, follows sector chains that go in
 * circles, and fails outside its promise on cut files. Other compound files are refused by name.
 */
export function readDocSource(bytes: Uint8Array, limits: Limits = defaultLimits): SourceReading {
  try {
    const container = openOle(bytes)
    if (!container.names.includes('WordDocument')) return nameOther(container)
    const file = readDocFile(container, limits)
    return 'ok' in file ? file : layOut('doc', readStories(file, limits), limits)
  } catch (error) {
    return catchRefusal(error)
  }
}

/** The parts stand one after another in the text; comments are not the document's. */
function readStories(file: DocFile, limits: Limits): DraftBlock[] {
  const { body, footnotes, headers, comments, endnotes, textBoxes } = file.parts
  const blocks = new DocStory(file, limits).read(0, body)
  let at = body
  const readPart = (letters: number, part: Paragraph['part']) => {
    const from = at
    at += letters
    if (letters === 0) return []
    const read = flatten(new DocStory(file, limits, part).read(from, at))
    return read.filter((paragraph) => paragraph.runs.some((run) => /\p{L}/u.test(run.text)))
  }
  const notes = readPart(footnotes, 'footnote')
  const head = readPart(headers, 'header')
  at += comments
  return [...head, ...blocks, ...notes, ...readPart(endnotes, 'footnote'), ...readPart(textBoxes, 'textbox')]
}

/** What a compound file is that holds no Word document. */
function nameOther(container: OleContainer): Refusal {
  const has = (name: string) => container.names.includes(name)
  if (has('EncryptedPackage')) return refuse('encrypted')
  if (has('Workbook') || has('Book')) return refuse('spreadsheet')
  if (has('PowerPoint Document')) return refuse('presentation')
  if (has('__properties_version1.0')) return refuse('mail')
  return refuse('unknown-format', { found: 'compound file' })
}
