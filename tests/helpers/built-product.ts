import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuilt } from '../../app/src/entry/cli/ensure-built.ts'
import { askServer } from './ask-server.ts'
import { databaseBeside } from './database-address.ts'
import { makeOpenFolder } from './open-folder.ts'
import { samplesVariable } from './sample-copy.ts'

/**
 * Before the first test of the product: builds its pages, where there are none of this source, and makes room for sample
 * data that the files share. Answers how to clean up.
 */
export async function setup(): Promise<() => Promise<void>> {
  if (!(await ensureBuilt('en'))) throw new Error('the pages could not be built')
  const folder = makeOpenFolder('samples')
  process.env[samplesVariable] = folder
  return async () => {
    for (const name of readdirSync(folder).filter((one) => one.endsWith('.ready'))) {
      const database = databaseBeside(join(folder, name.slice(0, -'.ready'.length)))
      if (database) await askServer(database.adminUrl, `drop database if exists ${database.name}`)
    }
    rmSync(folder, { recursive: true, force: true })
  }
}
