import { settingsFromEnvironment } from '#env.ts'
import { databaseFromEnvironment } from '#server/database/connect.ts'
import type { FromWebProcess, ToWebProcess } from './web-processes.ts'
import { startWeb } from './web-server.ts'

// One of the processes that serve pages. It ends when it is told to or when the process that started it is gone (the
// channel between them closes then). A signal from the terminal reaches every process: the first one leads.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})

const longestAnswerMilliseconds = 2_000
let answered: (working: boolean) => void = () => {}

/** Asks the process that does the jobs whether it does; no answer in time is a no. */
async function askWhetherWorking(): Promise<boolean> {
  return await new Promise<boolean>((done) => {
    const timer = setTimeout(() => done(false), longestAnswerMilliseconds)
    answered = (working) => {
      clearTimeout(timer)
      done(working)
    }
    const question: FromWebProcess = { say: 'jobs?' }
    process.send?.(question)
  })
}

const database = databaseFromEnvironment()
const web = await startWeb(settingsFromEnvironment(), { database, isWorking: askWhetherWorking })

process.on('message', (message: ToWebProcess) => {
  if (message.say === 'jobs') answered(message.working)
  else void stop()
})

async function stop(): Promise<void> {
  await web.stop()
  await database.close()
  process.exit(0)
}
