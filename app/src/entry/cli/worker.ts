import { parseArgs } from 'node:util'
import type { Language } from '@trienkhai/vietnamese/language.ts'
import { jobHandlers } from '#entry/jobs.ts'
import { checkServer, connect } from '#server/database/connect.ts'
import { findRunningEmbedded } from '#server/database/embedded.ts'
import { openFileStore } from '#server/platform/files.ts'
import { startWorker } from '#server/platform/job-worker.ts'
import { log } from '#server/platform/log.ts'
import { keepSealing } from '#server/record-chain.ts'
import { exitCodes } from './command.ts'
import { findAddressesElsewhere, tell } from './open-database.ts'
import { requireSettings } from './read-settings.ts'
import { startWords } from './start-words.ts'
import { runUntilStopped } from './until-stopped.ts'

/** Does jobs only: on the database of DATABASE_URL, or beside a copy that runs on the same data folder. */
export async function run(args: string[], language: Language): Promise<number> {
  parseArgs({ args, options: {} })
  const settings = requireSettings(language)
  const words = startWords[language]
  const url = (findAddressesElsewhere(settings) ?? findRunningEmbedded(settings.dataDir))?.program
  if (url === undefined) {
    tell(words.noRunningCopy(settings.dataDir))
    return exitCodes.failed
  }
  await checkServer(url)
  const told = { stopping: () => tell(words.stopping), stopped: () => tell(words.stopped) }
  return await runUntilStopped(told, async (running) => {
    const database = connect(url, { actor: 'program' })
    running.onStop(database.close)
    const files = openFileStore(settings.dataDir)
    const atOnce = Math.max(1, settings.jobsAtOnce)
    const worker = await startWorker({ database, files, handlers: jobHandlers, log, atOnce })
    running.onStop(worker.stop)
    running.onStop(keepSealing(database, log).stop)
    tell(words.working)
    return await running.forever()
  })
}
