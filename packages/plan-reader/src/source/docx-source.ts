import { readNumbering } from './docx-numbering.ts'
import { type DocxParts, findDocxParts } from './docx-parts.ts'
import { DocxStory } from './docx-story.ts'
import { type DocxStyles, readStyles } from './docx-styles.ts'
import { type DraftBlock, type DraftParagraph, flatten, isBlank } from './draft.ts'
import { layOut } from './lay-out.ts'
import { defaultLimits, type Limits } from './limits.ts'
import { catchRefusal, refuse, type SourceReading } from './refusal.ts'
import { streamXml } from './xml-stream.ts'
import { openZip, type ZipPackage } from './zip-package.ts'

/**
 * Reads a Word document (ECMA-376) into a source: paragraphs with Word's automatic numbers, tables as full
 * grids, headers and footers, text boxes, footnotes. Properties (author, company, dates) are not opened.
 * What cannot be read comes back as a refusal; nothing is thrown for any bytes.
 */
export function readDocxSource(bytes: Uint8Array, limits: Limits = defaultLimits): SourceReading {
  try {
    const zip = openZip(bytes, limits)
    if (zip.encrypted) return refuse('encrypted')
    const parts = findDocxParts(zip, limits)
    return 'ok' in parts ? parts : readParts(zip, parts, limits)
  } catch (error) {
    return catchRefusal(error)
  }
}

function readParts(zip: ZipPackage, parts: DocxParts, limits: Limits): SourceReading {
  const document = zip.read(parts.document)
  if (!document) return refuse('damaged', { found: parts.document })
  const styles = readStyles(parts.styles === undefined ? undefined : zip.read(parts.styles), limits)
  const body = new DocxStory(styles, limits)
  streamXml(document, parts.document, limits, body)
  const headers = readFurniture(zip, parts, body, styles, limits)
  const footnotes = readNotes(zip, parts, styles, limits)
  const stories = [...headers.stories, body, ...footnotes]
  numberParagraphs(zip, parts, stories, styles, limits)
  return layOut(
    'docx',
    [...headers.header, ...body.blocks, ...footnotes.flatMap((note) => note.blocks), ...headers.footer],
    limits,
  )
}

/** Numbers all stories' paragraphs, in the order in which Word counts them. */
function numberParagraphs(
  zip: ZipPackage,
  parts: DocxParts,
  stories: DocxStory[],
  styles: DocxStyles,
  limits: Limits,
): void {
  if (parts.numbering === undefined || stories.every((story) => story.numbered.length === 0)) return
  const numbering = readNumbering(zip.read(parts.numbering), styles, limits)
  for (const story of stories)
    for (const { paragraph, numId, level, style } of story.numbered) {
      const number = numbering.next(numId, level, style)
      if (!number) continue
      // Word prints a bullet before nothing, too; it says nothing.
      if (number.isBullet && isBlank(paragraph)) continue
      paragraph.number = number.text
      paragraph.listDepth = number.level
      if (number.touches) paragraph.numberTouches = true
    }
}

interface Furniture {
  stories: DocxStory[]
  header: DraftParagraph[]
  footer: DraftParagraph[]
}

/** Headers and footers that some section shows, each once; those that hold but a page number say nothing. */
function readFurniture(
  zip: ZipPackage,
  parts: DocxParts,
  body: DocxStory,
  styles: DocxStyles,
  limits: Limits,
): Furniture {
  const furniture: Furniture = { stories: [], header: [], footer: [] }
  const seen = new Set<string>()
  for (const { id, part, kind } of body.furniture) {
    const name = parts.related.get(id)
    if (name === undefined || seen.has(name) || (kind === 'first' && !body.hasTitlePage)) continue
    seen.add(name)
    const xml = zip.read(name)
    if (!xml) continue
    const story = new DocxStory(styles, limits, part)
    streamXml(xml, name, limits, story)
    const worded = withWords(story.blocks)
    if (worded.length === 0) continue
    furniture.stories.push(story)
    furniture[part].push(...worded)
  }
  return furniture
}

function readNotes(zip: ZipPackage, parts: DocxParts, styles: DocxStyles, limits: Limits): DocxStory[] {
  const stories: DocxStory[] = []
  for (const name of [parts.footnotes, parts.endnotes]) {
    const xml = name === undefined ? undefined : zip.read(name)
    if (name === undefined || !xml) continue
    const story = new DocxStory(styles, limits, 'footnote')
    streamXml(xml, name, limits, story)
    if (withWords(story.blocks).length > 0) stories.push(story)
  }
  return stories
}

function withWords(blocks: DraftBlock[]): DraftParagraph[] {
  return flatten(blocks).filter((paragraph) => paragraph.runs.some((run) => /\p{L}/u.test(run.text)))
}
