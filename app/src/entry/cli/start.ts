import { parseArgs } from 'node:util'
import type { Language } from '@trienkhai/vietnamese/language.ts'
import { jobHandlers } from '#entry/jobs.ts'
import { startWebProcesses, whyNotListening } from '#entry/web-processes.ts'
import { type Settings, settingsFromEnvironment } from '#env.ts'
import { connect } from '#server/database/connect.ts'
import { openFileStore } from '#server/platform/files.ts'
import { type JobWorker, startWorker } from '#server/platform/job-worker.ts'
import { log } from '#server/platform/log.ts'
import { keepSealing } from '#server/record-chain.ts'
import { exitCodes } from './command.ts'
import { ensureBuilt } from './ensure-built.ts'
import { openDatabase, passAddresses, tell } from './open-database.ts'
import { isEmpty, migrateAloud, seedAloud, sendChores } from './prepare-database.ts'
import { printWelcome } from './print-welcome.ts'
import { parseCells, requireSettings } from './read-settings.ts'
import { startWords } from './start-words.ts'
import { type Running, runUntilStopped } from './until-stopped.ts'

/** Runs the product: database and jobs from this process, pages from its children. */
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
  const complaint = await whyNotListening(settings, language)
  if (complaint !== undefined) {
    tell(complaint)
    return exitCodes.failed
  }
  void opened.ended.then(() => {
    if (running.isStopping()) return
    tell(startWords[language].databaseEnded)
    void running.stop(exitCodes.failed)
  })

  passAddresses(opened.addresses)
  process.env['DATA_DIR'] = settings.dataDir
  await migrateAloud(opened.addresses.owner, language)
  const database = connect(opened.addresses.program, { actor: 'program' })
  running.onStop(database.close)
  if (sample && (await isEmpty(database))) await seedAloud(database, sample.cells, language)
  if (!(await ensureBuilt(language))) return exitCodes.failed

  const { dataDir, jobsAtOnce, webProcesses } = settingsFromEnvironment()
  await sendChores(database)
  running.onStop(keepSealing(database, log).stop)
  let worker: JobWorker | undefined
  if (jobsAtOnce > 0) {
    const work = { database, files: openFileStore(dataDir), handlers: jobHandlers, log }
    worker = await startWorker({ ...work, atOnce: jobsAtOnce, alone: opened.isOurs })
    running.onStop(worker.stop)
  }
  const web = await startWebProcesses({ count: webProcesses, isWorking: () => worker?.isRunning() ?? true })
  running.onStop(web.stop)
  await printWelcome(database, settings.baseUrl, language)
  log.info({ version: process.version }, 'the product has started')
  return await running.forever()
}
