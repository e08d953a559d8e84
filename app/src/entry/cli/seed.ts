import { parseArgs } from 'node:util'
import type { Language } from '@trienkhai/vietnamese/language.ts'
import { connect } from '#server/database/connect.ts'
import { exitCodes } from './command.ts'
import { openDatabase, tell } from './open-database.ts'
import { isEmpty, migrateAloud, seedAloud } from './prepare-database.ts'
import { parseCells, requireSettings } from './read-settings.ts'
import { startWords } from './start-words.ts'

/** Puts the sample data into an empty database. */
export async function run(args: string[], language: Language): Promise<number> {
  const { values } = parseArgs({ args, options: { cells: { type: 'string' } } })
  const cells = parseCells(values.cells, language)
  const opened = await openDatabase(requireSettings(language), language, 'share')
  try {
    await migrateAloud(opened.addresses.owner, language)
    const database = connect(opened.addresses.program, { actor: 'program' })
    try {
      if (!(await isEmpty(database))) {
        tell(startWords[language].notEmpty)
        return exitCodes.failed
      }
      await seedAloud(database, cells, language)
      return exitCodes.done
    } finally {
      await database.close()
    }
  } finally {
    await opened.stop()
  }
}
