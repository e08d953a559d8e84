import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Expected, readExpected } from './expected.ts'

/** A document and what a person says it holds. */
export interface Case {
  name: string
  /** Where the document is; its ending tells the format. */
  file: string
  /** Read when asked for, so that one bad answer doesn't hide the others. */
  readAnswer: () => Expected
}

const here = fileURLToPath(new URL('.', import.meta.url))
const { TRIENKHAI_CORPUS: named } = process.env

/** The project's own cases: a folder each, with `source.*`, `expected.json` and `why.md`. */
export function listOwnCases(): Case[] {
  return readdirSync(here, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => {
      const folder = join(here, entry.name)
      const source = readdirSync(folder).find((file) => file.startsWith('source.'))
      if (source === undefined) throw new Error(`${entry.name} holds no source`)
      return makeCase(entry.name, join(folder, source), join(folder, 'expected.json'))
    })
    .sort((a, b) => a.name.localeCompare(b.name))
}

/**
 * The real plans kept beside the project (`../shared/corpus`, or the folder that TRIENKHAI_CORPUS names);
 * none where that folder isn't there.
 */
export function listSharedCases(folder = named ?? join(here, '../../../../shared/corpus')): Case[] {
  const answers = join(folder, 'gold')
  if (!existsSync(answers)) return []
  return readdirSync(answers)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const { file: source }: { file: string } = JSON.parse(readFileSync(join(answers, file), 'utf8'))
      return makeCase(file.replace('.json', ''), join(folder, source), join(answers, file))
    })
}

function makeCase(name: string, file: string, answer: string): Case {
  return { name, file, readAnswer: () => readExpected(readFileSync(answer, 'utf8')) }
}
