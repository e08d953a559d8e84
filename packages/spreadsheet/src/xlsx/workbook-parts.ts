import type { Limits } from '../limits.ts'
import { StopReading } from '../refusal.ts'
import { type NumberForm, numberForm, unescapeText } from './cell-text.ts'
import { readXml } from './stream-xml.ts'
import type { ZipParts } from './zip-parts.ts'

/** What stands round the sheets of a workbook. */
export interface WorkbookParts {
  /** Sheets that are shown, in order, with the name of their part. */
  readonly sheets: readonly { readonly name: string; readonly part: string }[]
  readonly from1904: boolean
  /** By the number of a cell's style. */
  readonly forms: readonly NumberForm[]
  readonly sharedTexts: readonly string[]
}

/** Reads what cells refer to: the list of sheets, styles, the table of texts. Throws {@link StopReading}. */
export async function readWorkbookParts(zip: ZipParts, limits: Limits): Promise<WorkbookParts> {
  const workbookPart = await findWorkbook(zip)
  const folder = workbookPart.includes('/') ? workbookPart.slice(0, workbookPart.lastIndexOf('/') + 1) : ''
  const relations = await readRelations(
    zip,
    `${folder}_rels/${workbookPart.slice(folder.length)}.rels`,
    folder,
  )
  const listed: { name: string; relation: string }[] = []
  let from1904 = false
  await readXml(zip.stream(workbookPart), workbookPart, {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attributes['date1904'] ?? '')
      if (name !== 'sheet') return
      if (listed.length >= limits.sheets) throw new StopReading('too-many-sheets', { limit: limits.sheets })
      // What is hidden is machinery (lists for choosing from); nobody sees that it would be imported.
      if (/hidden/i.test(attributes['state'] ?? '')) return
      const relation = Object.entries(attributes).find(([key]) => key === 'id' || key.endsWith(':id'))?.[1]
      if (relation !== undefined) listed.push({ name: attributes['name'] ?? '', relation })
    },
  })
  const sheets = listed.flatMap(({ name, relation }) => {
    const target = relations.get(relation)
    return target?.kind === 'worksheet' && zip.has(target.part) ? [{ name, part: target.part }] : []
  })
  const partOf = (kind: string): string | undefined =>
    [...relations.values()].find((target) => target.kind === kind && zip.has(target.part))?.part
  const styles = partOf('styles')
  const texts = partOf('sharedStrings')
  return {
    sheets,
    from1904,
    forms: styles === undefined ? [] : await readForms(zip, styles),
    sharedTexts: texts === undefined ? [] : await readSharedTexts(zip, texts, limits),
  }
}

async function findWorkbook(zip: ZipParts): Promise<string> {
  if (zip.has('_rels/.rels'))
    for (const target of (await readRelations(zip, '_rels/.rels', '')).values())
      if (target.kind === 'officeDocument' && zip.has(target.part)) {
        if (target.part.startsWith('word/') || target.part.startsWith('ppt/'))
          throw new StopReading('not-a-spreadsheet', { found: target.part })
        return target.part
      }
  if (zip.has('xl/workbook.xml')) return 'xl/workbook.xml'
  throw new StopReading(zip.has('mimetype') && zip.has('content.xml') ? 'open-document' : 'not-a-spreadsheet')
}

async function readRelations(
  zip: ZipParts,
  part: string,
  folder: string,
): Promise<Map<string, { kind: string; part: string }>> {
  const relations = new Map<string, { kind: string; part: string }>()
  if (!zip.has(part)) return relations
  await readXml(zip.stream(part), part, {
    open(name, attributes) {
      const { Id: id, Type: type, Target: target } = attributes
      // What lies outside the file (a link to another workbook) is never followed.
      if (name !== 'Relationship' || !id || !target || /^external$/i.test(attributes['TargetMode'] ?? ''))
        return
      relations.set(id, {
        kind: (type ?? '').slice((type ?? '').lastIndexOf('/') + 1),
        part: resolvePart(folder, target),
      })
    },
  })
  return relations
}

function resolvePart(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1)
  const steps: string[] = []
  for (const step of `${folder}${target}`.split('/'))
    if (step === '..') steps.pop()
    else if (step !== '.' && step !== '') steps.push(step)
  return steps.join('/')
}

async function readForms(zip: ZipParts, part: string): Promise<NumberForm[]> {
  const codes = new Map<number, string>()
  const forms: NumberForm[] = []
  let inCellFormats = false
  await readXml(zip.stream(part), part, {
    open(name, attributes) {
      if (name === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '')
      else if (name === 'cellXfs') inCellFormats = true
      else if (name === 'xf' && inCellFormats) {
        const id = Number(attributes['numFmtId'] ?? 0)
        forms.push(numberForm(id, codes.get(id)))
      }
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false
    },
  })
  return forms
}

async function readSharedTexts(zip: ZipParts, part: string, limits: Limits): Promise<string[]> {
  const texts: string[] = []
  let letters = 0
  let text = ''
  let inText = false
  let inReading = false
  await readXml(zip.stream(part), part, {
    open(name) {
      if (name === 'si') text = ''
      else if (name === 'rPh') inReading = true
      else if (name === 't') inText = !inReading
    },
    close(name) {
      if (name === 't') inText = false
      else if (name === 'rPh') inReading = false
      else if (name === 'si') {
        letters += text.length
        if (letters > limits.sharedLetters || texts.length >= limits.sharedTexts)
          throw new StopReading('too-much-inside', { found: 'shared texts' })
        texts.push(unescapeText(text))
      }
    },
    text(piece) {
      if (!inText) return
      text += piece
      if (text.length > 200_000) throw new StopReading('too-much-inside', { found: 'a shared text' })
    },
  })
  return texts
}
