import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Language } from '@trienkhai/vietnamese/language.ts'
import { jobHandlers } from '#entry/jobs.ts'
import type { Settings } from '#env.ts'
import { connect } from '#server/database/connect.ts'
import { openFileStore } from '#server/platform/files.ts'
import { startWorker } from '#server/platform/job-worker.ts'
import { log } from '#server/platform/log.ts'
import { keepSealing } from '#server/record-chain.ts'
import { openDatabase, passAddresses, tell } from './open-database.ts'
import { isEmpty, migrateAloud, seedAloud } from './prepare-database.ts'
import { printWelcome } from './print-welcome.ts'
import { parseCells, requireSettings } from './read-settings.ts'
import { startWords } from './start-words.ts'
import { type Running, runUntilStopped } from './until-stopped.ts'

/** Runs for development: the pages by Vite, straight from the source. */
export async function run(args: string[], language: Language): Promise<number> {
  const { values } = parseArgs({ args, options: { empty: { type: 'boolean' }, cells: { type: 'string' } } })
  const cells = parseCells(values.cells, language)
  const settings = requireSettings(language)
  const words = startWords[language]
  const told = { stopping: () => tell(words.stopping), stopped: () => tell(words.stopped) }
  const sample = values.empty ? undefined : { cells }
  return await runUntilStopped(told, (running) => bringUp(running, settings, language, sample))
}

async function bringUp(
  running: Running,
  settings: Settings,
  language: Language,
  sample: { cells: number } | undefined,
): Promise<number> {
  const opened = await openDatabase(settings, language, 'own')
  running.onStop(opened.stop)
  passAddresses(opened.addresses)
  process.env['DATA_DIR'] = settings.dataDir
  await migrateAloud(opened.addresses.owner, language)
  const database = connect(opened.addresses.program, { actor: 'program' })
  running.onStop(database.close)
  if (sample && (await isEmpty(database))) await seedAloud(database, sample.cells, language)

  const files = openFileStore(settings.dataDir)
  const atOnce = Math.max(1, settings.jobsAtOnce)
  const worker = await startWorker({
    database,
    files,
    handlers: jobHandlers,
    log,
    atOnce,
    alone: opened.isOurs,
  })
  running.onStop(worker.stop)

  running.onStop(keepSealing(database, log).stop)
  const { createServer } = await import('vite')
  const appFolder = resolve(import.meta.dirname, '..', '..', '..')
  // Vite and SvelteKit look for their own files from the working directory.
  process.chdir(appFolder)
  const vite = await createServer({
    root: appFolder,
    server: { host: settings.host, port: settings.port, strictPort: true },
  })
  await vite.listen()
  running.onStop(() => vite.close())
  await printWelcome(database, settings.baseUrl, language)
  return await running.forever()
}
