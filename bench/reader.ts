import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { renderDocx } from '@trienkhai/official-document/docx/render-docx.ts'
import { readPlan } from '@trienkhai/plan-reader/read-plan.ts'
import { readSource } from '@trienkhai/plan-reader/source/read-source.ts'
import { fourPagePlan } from './four-page-plan.ts'
import {
  cpuOfEndedChildren,
  type Figure,
  milliseconds,
  percentile,
  printCircumstances,
  printTable,
} from './measured.ts'

const projectFolder = resolve(import.meta.dirname, '..')
const program = join(projectFolder, 'app/src/entry/cli.ts')
/** Real plans that may lie beside the project; measured too where they are there. */
const corpusFolder = resolve(projectFolder, '..', 'shared', 'corpus')

/** Enough for the compiler to have done its work. */
const warmUps = 300
const measuredReadings = 500
const programRuns = 15
const manyFiles = 200

/** Measures the reader on a plan of four pages (and on files that are named), beside pandoc where that is installed. */
export async function run(args: string[]): Promise<void> {
  printCircumstances()
  const docx = await renderDocx(fourPagePlan)
  const source = await readSource(docx, 'ke-hoach.docx', {})
  if (!source.ok) throw new Error(`the measured plan was refused: ${source.reason}`)
  const { text } = source.source
  console.log(`the plan: 4 pages, ${text.length} letters; as DOCX ${docx.length} bytes`)

  const documents = [
    { name: 'ke-hoach.txt', bytes: new TextEncoder().encode(text) },
    { name: 'ke-hoach.docx', bytes: docx },
    ...[...args, ...corpusFiles()].map((path) => ({ name: basename(path), bytes: readFileSync(path) })),
  ]
  const pandoc = findPandoc()
  const figures: Figure[] = []
  for (const document of documents) figures.push(await measureWarm(document, pandoc))
  const title =
    'A warm process: bytes → plan, CPU for one document; beside it a run of pandoc on the same file'
  printTable(
    title,
    ['document', 'bytes', 'median', '95th percentile', 'pandoc, median', 'times less'],
    figures,
  )

  await measureMemory(documents.slice(0, 2))
  measurePrograms(docx, text, pandoc)
}

function corpusFiles(): string[] {
  return [[corpusFolder, '.txt'] as const, [join(corpusFolder, 'formats'), '.docx'] as const].flatMap(
    ([folder, ending]) =>
      existsSync(folder)
        ? readdirSync(folder)
            .filter((name) => name.endsWith(ending))
            .map((name) => join(folder, name))
        : [],
  )
}

interface Document {
  name: string
  bytes: Uint8Array
}

async function readOnce({ name, bytes }: Document): Promise<void> {
  const reading = await readSource(bytes, name, {})
  if (!reading.ok) throw new Error(`${name} was refused: ${reading.reason}`)
  readPlan(reading.source)
}

async function measureWarm(document: Document, pandoc: boolean): Promise<Figure> {
  for (let at = 0; at < warmUps; at++) await readOnce(document)
  const used: number[] = []
  for (let at = 0; at < measuredReadings; at++) {
    const before = process.cpuUsage()
    await readOnce(document)
    const { user, system } = process.cpuUsage(before)
    used.push((user + system) / 1000)
  }
  const median = percentile(used, 0.5)
  const beside = pandoc && document.name.endsWith('.docx') ? measurePandoc(document) : undefined
  return {
    what: document.name,
    values: [
      String(document.bytes.length),
      milliseconds(median),
      milliseconds(percentile(used, 0.95)),
      beside === undefined ? '' : milliseconds(beside),
      beside === undefined ? '' : (beside / median).toFixed(1),
    ],
  }
}

/** CPU of one run of pandoc on the document, the median of several. */
function measurePandoc(document: Document): number {
  const folder = mkdtempSync(join(tmpdir(), 'trienkhai-bench-'))
  try {
    const file = join(folder, 'ke-hoach.docx')
    writeFileSync(file, document.bytes)
    return percentile(measureRuns(pandocOf(file), 1).used, 0.5)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const pandocOf = (file: string): string[] => ['pandoc', '-f', 'docx', '-t', 'json', file]

/** Ten thousand documents, each a little different, text and DOCX in turn; what is held after each thousand. */
async function measureMemory(documents: readonly Document[]): Promise<void> {
  setFlagsFromString('--expose-gc')
  const collectGarbage: () => void = runInNewContext('gc')
  const figures: Figure[] = []
  for (let count = 1; count <= 10_000; count++) {
    const document = documents[count % documents.length]
    if (!document) continue
    // Another name each time: nothing may be remembered by it.
    await readOnce({ ...document, name: `${count}-${document.name}` })
    if (![1, 1_000, 2_000, 5_000, 7_500, 10_000].includes(count)) continue
    collectGarbage()
    const { heapUsed, rss } = process.memoryUsage()
    const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MB`
    figures.push({ what: String(count), values: [megabytes(heapUsed), megabytes(rss)] })
  }
  printTable('Memory after so many documents, garbage collected', ['documents', 'heap', 'resident'], figures)
}

/** Whole programs, from their start to their end, as a person or a script runs them. */
function measurePrograms(docx: Uint8Array, text: string, pandoc: boolean): void {
  const folder = mkdtempSync(join(tmpdir(), 'trienkhai-bench-'))
  try {
    const docxFile = join(folder, 'ke-hoach.docx')
    const textFile = join(folder, 'ke-hoach.txt')
    writeFileSync(docxFile, docx)
    writeFileSync(textFile, text)
    const many = Array.from({ length: manyFiles }, (_, at) => {
      const file = join(folder, `ke-hoach-${at}.docx`)
      writeFileSync(file, docx)
      return file
    })
    const read = (files: string[]): string[] => [process.execPath, program, 'read', '--json', ...files]
    const figures = [
      figureOfRuns('trienkhai read --json, a .docx', read([docxFile])),
      figureOfRuns('trienkhai read --json, a text', read([textFile])),
      figureOfRuns(`trienkhai read --json, ${manyFiles} .docx at once, each`, read(many), manyFiles),
      figureOfRuns('trienkhai --help', [process.execPath, program, '--help']),
      ...(pandoc ? [figureOfRuns('pandoc --to json, the same .docx', pandocOf(docxFile))] : []),
    ]
    printTable(
      'Whole programs, from start to end',
      ['program', 'CPU, median', 'time, median', 'time, slowest'],
      figures,
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function figureOfRuns(what: string, command: readonly string[], each = 1): Figure {
  const { used, took } = measureRuns(command, each)
  return {
    what,
    values: [
      milliseconds(percentile(used, 0.5)),
      milliseconds(percentile(took, 0.5)),
      milliseconds(Math.max(...took)),
    ],
  }
}

/** CPU and time of a program's runs, shared among so many documents each. */
function measureRuns(
  [command = '', ...args]: readonly string[],
  each: number,
): { used: number[]; took: number[] } {
  const runs = each > 1 ? 3 : programRuns
  const [used, took]: [number[], number[]] = [[], []]
  // One run more than is counted: the first finds nothing in the system's cache.
  for (let at = 0; at <= runs; at++) {
    const cpuBefore = cpuOfEndedChildren()
    const startedAt = performance.now()
    const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'ignore'] })
    if (error || status !== 0) throw error ?? new Error(`${command} ended with ${status}`)
    if (at === 0) continue
    took.push((performance.now() - startedAt) / each)
    used.push((cpuOfEndedChildren() - cpuBefore) / each)
  }
  return { used, took }
}

/** Whether pandoc is there to be compared with; says its version, or that it is not. */
function findPandoc(): boolean {
  try {
    const [version] = execFileSync('pandoc', ['--version']).toString().split('\n')
    console.log(version)
    return true
  } catch {
    console.log('pandoc is not installed: the comparison with it is left out (apt-get install pandoc).')
    return false
  }
}
