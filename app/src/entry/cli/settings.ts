import { parseArgs, styleText } from 'node:util'
import type { Language } from '@trienkhai/vietnamese/language.ts'
import { readSettings, type Setting, settingsTable } from '#env.ts'
import { exitCodes } from './command.ts'
import { startWords } from './start-words.ts'

const words = {
  vi: { given: 'đang đặt', standard: 'mặc định', none: 'không đặt', hidden: '(đã đặt, không in ra)' },
  en: { given: 'given', standard: 'standard', none: 'not given', hidden: '(given, not printed)' },
} as const

/** Prints every setting with its value in use, and what is wrong with it. */
export async function run(args: string[], language: Language): Promise<number> {
  parseArgs({ args, options: {} })
  for (const setting of settingsTable) process.stdout.write(describe(setting, language))
  const outcome = readSettings(process.env)
  if (outcome.ok) return exitCodes.done
  for (const problem of outcome.problems) {
    process.stderr.write(`${startWords[language].wrongSetting(problem)}\n`)
  }
  return exitCodes.wrongUsage
}

function describe(setting: Setting, language: Language): string {
  const given = process.env[setting.name] || undefined
  const { given: isGiven, standard, none, hidden } = words[language]
  const value = given === undefined ? (setting.standard ?? '–') : setting.secret ? hidden : given
  const whence = given === undefined ? (setting.standard === undefined ? none : standard) : isGiven
  const head = `${styleText('bold', setting.name)} = ${value}  ${styleText('dim', `(${whence})`)}`
  return `${head}\n    ${setting.means[language]}\n`
}
