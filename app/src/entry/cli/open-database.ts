import type { Language } from '@trienkhai/vietnamese/language.ts'
import type { Settings } from '#env.ts'
import { checkServer } from '#server/database/connect.ts'
import { findRunningEmbedded, startEmbedded } from '#server/database/embedded.ts'
import { startWords } from './start-words.ts'

/** The database that a command works on. */
export interface OpenDatabase {
  /** `postgresql://…`. Holds the password: never print it. */
  url: string
  /** Started here and now, so nobody else can be working on it. */
  isOurs: boolean
  /** Resolves if the embedded server ends by itself; never for a server elsewhere. */
  ended: Promise<void>
  stop: () => Promise<void>
}

const never = new Promise<void>(() => {})
const nothing = async (): Promise<void> => {}

/**
 * The database of DATABASE_URL, or the embedded one. `own` starts the embedded one and refuses where another copy
 * runs; `share` works beside a running copy, and starts it only where none runs. Throws CannotStart.
 */
export async function openDatabase(
  settings: Pick<Settings, 'databaseUrl' | 'dataDir'>,
  language: Language,
  manner: 'own' | 'share',
): Promise<OpenDatabase> {
  if (settings.databaseUrl !== undefined) {
    await checkServer(settings.databaseUrl)
    return { url: settings.databaseUrl, isOurs: false, ended: never, stop: nothing }
  }
  const running = manner === 'share' ? findRunningEmbedded(settings.dataDir) : undefined
  if (running !== undefined) return { url: running, isOurs: false, ended: never, stop: nothing }
  const words = startWords[language]
  const server = await startEmbedded({
    dataDir: settings.dataDir,
    onStep: (step, detail) => {
      if (step === 'making') tell(words.makingDatabase)
      else if (step === 'orphan-stopped') tell(words.orphanStopped)
      else tell(words.dataElsewhere(detail))
    },
  })
  return { url: server.url, isOurs: true, ended: server.ended, stop: server.stop }
}

/** Says something to the person at the terminal. Standard output is kept for what a command answers. */
export function tell(line: string): void {
  process.stderr.write(`${line}\n`)
}
