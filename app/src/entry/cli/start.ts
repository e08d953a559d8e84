import { parseArgs } from 'node:util'
import type { Language } from '@trienkhai/vietnamese/language.ts'
import { jobHandlers } from '#entry/jobs.ts'
import { startWeb, whyNotListening } from '#entry/web.ts'
import { settingsFromEnvironment } from '#env.ts'
import { databaseFromEnvironment } from '#server/database/connect.ts'
import { openFileStore } from '#server/platform/files.ts'
import { type JobWorker, startWorker } from '#server/platform/job-worker.ts'
import { log } from '#server/platform/log.ts'
import { ensureBuilt } from './ensure-built.ts'
import { openDatabase, tell } from './open-database.ts'
import { isEmpty, migrateAloud, seedAloud, sendChores } from './prepare-database.ts'
import { printWelcome } from './print-welcome.ts'
import { parseCells, requireSettings } from './read-settings.ts'
import { startWords } from './start-words.ts'
import { untilStopped } from './until-stopped.ts'

/** Runs the product in one process: database, pages, jobs. */
export async function run(args: string[], language: Language): Promise<number> {
  const { values } = parseArgs({ args, options: { empty: { type: 'boolean' }, cells: { type: 'string' } } })
  const cells = parseCells(values.cells, language)
  const settings = requireSettings(language)
  const words = startWords[language]
  const running = untilStopped({ stopping: () => tell(words.stopping), stopped: () => tell(words.stopped) })

  const opened = await openDatabase(settings, language, 'own')
  running.onStop(opened.stop)
  const complaint = await whyNotListening(settings, language)
  if (complaint !== undefined) {
    await opened.stop()
    tell(complaint)
    return 1
  }
  void opened.ended.then(() => running.stop(1))

  process.env['DATABASE_URL'] = opened.url
  process.env['DATA_DIR'] = settings.dataDir
  await migrateAloud(opened.url, language)
  const database = databaseFromEnvironment()
  running.onStop(database.close)
  const isFirst = await isEmpty(database)
  if (isFirst && !values.empty) await seedAloud(database, cells, language)
  if (!(await ensureBuilt(language))) return await running.stop(1)

  const { dataDir, jobsAtOnce } = settingsFromEnvironment()
  await sendChores(database)
  let worker: JobWorker | undefined
  if (jobsAtOnce > 0) {
    const work = { database, files: openFileStore(dataDir), handlers: jobHandlers, log }
    worker = await startWorker({ ...work, atOnce: jobsAtOnce, alone: opened.isOurs })
    running.onStop(worker.stop)
  }
  const web = await startWeb(settings, { database, isWorking: () => worker?.isRunning() ?? true })
  running.onStop(web.stop)
  await printWelcome(database, settings.baseUrl, language)
  log.info({ version: process.version }, 'the product has started')
  return await running.forever()
}
