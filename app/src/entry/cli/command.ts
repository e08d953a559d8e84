import type { Language } from '@trienkhai/vietnamese/language.ts'

/** A command of `trienkhai`. Each has a file of its own in this folder that exports `run`. */
export interface Command {
  /** Does it, and answers the exit code. */
  run: (args: string[], language: Language) => Promise<number>
}

/** What was typed isn't what the command takes. The message is for people. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage'
}

/** The exit codes of all commands. `read` has more, which its help tells. */
export const exitCodes = { done: 0, failed: 1, wrongUsage: 2 } as const
