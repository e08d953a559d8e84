import { parseArgs } from 'node:util'
import type { Language } from '@trienkhai/vietnamese/language.ts'
import { exitCodes } from './command.ts'
import { openDatabase, tell } from './open-database.ts'
import { migrateAloud } from './prepare-database.ts'
import { requireSettings } from './read-settings.ts'
import { startWords } from './start-words.ts'

/** Brings the database up to the program. */
export async function run(args: string[], language: Language): Promise<number> {
  parseArgs({ args, options: {} })
  const opened = await openDatabase(requireSettings(language), language, 'share')
  try {
    const applied = await migrateAloud(opened.addresses.owner, language)
    if (applied === 0) tell(startWords[language].upToDate)
    return exitCodes.done
  } finally {
    await opened.stop()
  }
}
