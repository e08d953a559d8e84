import type { Language } from '@trienkhai/vietnamese/language.ts'
import type { Settings } from '#env.ts'
import { addressesOf, type DatabaseAddresses } from '#server/database/addresses.ts'
import { checkServer } from '#server/database/connect.ts'
import { findRunningEmbedded, startEmbedded } from '#server/database/embedded.ts'
import { startWords } from './start-words.ts'

/** The database that a command works on. */
export interface OpenDatabase {
  /** `postgresql://…`. They hold passwords: never print them. */
  addresses: DatabaseAddresses
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
  settings: Settings,
  language: Language,
  manner: 'own' | 'share',
): Promise<OpenDatabase> {
  const elsewhere = findAddressesElsewhere(settings)
  if (elsewhere) {
    await checkServer(elsewhere.owner)
    return { addresses: elsewhere, isOurs: false, ended: never, stop: nothing }
  }
  const running = manner === 'share' ? findRunningEmbedded(settings.dataDir) : undefined
  if (running) return { addresses: running, isOurs: false, ended: never, stop: nothing }
  const words = startWords[language]
  const server = await startEmbedded({
    dataDir: settings.dataDir,
    onStep: (step, detail) => {
      if (step === 'making') tell(words.makingDatabase)
      else if (step === 'orphan-stopped') tell(words.orphanStopped)
      else tell(words.dataElsewhere(detail))
    },
  })
  return { addresses: server.addresses, isOurs: true, ended: server.ended, stop: server.stop }
}

/** The addresses of the settings, or undefined where the embedded database is meant. */
export function findAddressesElsewhere(settings: Settings): DatabaseAddresses | undefined {
  const { databaseUrl, databaseOwnerUrl, databaseSignInUrl } = settings
  if (databaseUrl === undefined) return undefined
  return addressesOf({ databaseUrl, databaseOwnerUrl, databaseSignInUrl })
}

/**
 * Tells the processes that draw pages how the database is reached: by the roles that own nothing. The owner's address
 * stays with this process.
 */
export function passAddresses({ program, signIn }: DatabaseAddresses): void {
  process.env['DATABASE_URL'] = program
  process.env['DATABASE_SIGN_IN_URL'] = signIn
  delete process.env['DATABASE_OWNER_URL']
}

/** Says something to the person at the terminal. Standard output is kept for what a command answers. */
export function tell(line: string): void {
  process.stderr.write(`${line}\n`)
}
