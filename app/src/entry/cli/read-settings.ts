import type { Language } from '@trienkhai/vietnamese/language.ts'
import { readSettings, type Settings } from '#env.ts'
import { WrongUsage } from './command.ts'
import { startWords } from './start-words.ts'

/** The settings of the environment; wrong ones are all told at once. */
export function requireSettings(language: Language): Settings {
  const outcome = readSettings(process.env)
  if (outcome.ok) return outcome.settings
  throw new WrongUsage(outcome.problems.map(startWords[language].wrongSetting).join('\n'))
}

/** The number that `--cells` was given; 50 where it wasn't. */
export function parseCells(text: string | undefined, language: Language): number {
  if (text === undefined) return 50
  const cells = /^\d+$/.test(text) ? Number(text) : 0
  if (cells < 10 || cells > 20_000) throw new WrongUsage(startWords[language].wrongCells)
  return cells
}
