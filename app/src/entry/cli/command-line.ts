import { type Command, exitCodes, WrongUsage } from './command.ts'
import { languageOf } from './language-of.ts'
import { usageWords } from './usage-words.ts'

/** Every command, brought in only when it is called: the reader must not wait for the web server's code. */
const commands: Record<string, () => Promise<Command>> = {
  start: () => import('./start.ts'),
  dev: () => import('./dev.ts'),
  worker: () => import('./worker.ts'),
  migrate: () => import('./migrate.ts'),
  seed: () => import('./seed.ts'),
  settings: () => import('./settings.ts'),
  read: () => import('./read.ts'),
  'verify-record': () => import('./verify-record.ts'),
}

/** Runs one command line (without the program's name) and answers the exit code. */
export async function runCommandLine(args: string[]): Promise<number> {
  const language = languageOf(process.env)
  const words = usageWords[language]
  const [name, ...rest] = args
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(words.overview)
    return name === undefined ? exitCodes.wrongUsage : exitCodes.done
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!load) {
    process.stderr.write(`${words.unknownCommand(name)}\n\n${words.overview}`)
    return exitCodes.wrongUsage
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(words.commands[name] ?? words.overview)
    return exitCodes.done
  }
  try {
    const command = await load()
    return await command.run(rest, language)
  } catch (error) {
    return await explain(error, name, language)
  }
}

async function explain(error: unknown, name: string, language: 'vi' | 'en'): Promise<number> {
  const words = usageWords[language]
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (error instanceof WrongUsage || code.startsWith('ERR_PARSE_ARGS')) {
    const message = error instanceof WrongUsage ? error.message : words.wrongOption
    process.stderr.write(`${message}\n\n${words.commands[name] ?? words.overview}`)
    return exitCodes.wrongUsage
  }
  const { CannotStart } = await import('#server/database/cannot-start.ts')
  if (error instanceof CannotStart) {
    const { sayWhyNot } = await import('./cannot-start-words.ts')
    process.stderr.write(`${sayWhyNot(error.reason, language)}\n`)
    return exitCodes.failed
  }
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(`${words.bug}\n${told}\n`)
  return exitCodes.failed
}
