import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { asRole, programRole } from '../app/src/server/database/addresses.ts'
import { connect } from '../app/src/server/database/connect.ts'
import { startEmbedded } from '../app/src/server/database/embedded.ts'
import { migrate } from '../app/src/server/database/migrate.ts'
import { openRateLimits } from '../app/src/server/platform/rate-limit.ts'
import { makeOpenFolder } from '../tests/helpers/open-folder.ts'

const times = 5_000

/** What it costs a search, an export or an upload to be counted; ordinary pages are not counted at all. */
export async function run(): Promise<void> {
  const folder = makeOpenFolder('bench-limits')
  const server = await startEmbedded({ dataDir: join(folder, 'data'), durable: true })
  await migrate(server.addresses.owner)
  const database = connect(asRole(server.addresses.owner, programRole), { mostSessions: 6 })
  const most = { search: 1_000_000, export: 0, upload: 0, feed: 0 }
  const limits = openRateLimits(database, { secret: 'x'.repeat(32), mostPerMinute: most })
  const take = (at: number) =>
    limits.take('search', { accountId: `account ${at % 200}`, address: `198.51.100.${at % 50}` })
  for (let at = 0; at < 500; at++) await take(at)
  const taken: number[] = []
  for (let at = 0; at < times; at++) {
    const startedAt = performance.now()
    await take(at)
    taken.push(performance.now() - startedAt)
  }
  taken.sort((one, other) => one - other)
  const at = (share: number): string => (taken[Math.floor(times * share)] ?? 0).toFixed(3)
  console.log(`counted for an account and a network: median ${at(0.5)} ms, 95th percentile ${at(0.95)} ms`)
  await database.close()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}
