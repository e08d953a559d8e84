import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { checkServer } from '../../app/src/server/database/connect.ts'
import { startEmbedded } from '../../app/src/server/database/embedded.ts'
import { migrate } from '../../app/src/server/database/migrate.ts'
import { askServer } from './ask-server.ts'
import { withDatabase } from './database-address.ts'
import { makeOpenFolder } from './open-folder.ts'

/**
 * Before the first test: one server for the run (our own, or that of TEST_DATABASE_URL) and one migrated database, of
 * which each test file gets a copy.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['TEST_DATABASE_URL']
  const own = given ? undefined : await startOwnServer()
  const adminUrl = given ?? own?.url ?? ''
  await checkServer(adminUrl)
  const template = `template_${randomBytes(6).toString('hex')}`
  await askServer(adminUrl, `create database ${template}`)
  await migrate(withDatabase(adminUrl, template))
  project.provide('testServer', { adminUrl, template })
  return async () => {
    if (own) await own.stop()
    else await askServer(adminUrl, `drop database if exists ${template} with (force)`)
  }
}

async function startOwnServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = makeOpenFolder('tests')
  const server = await startEmbedded({ dataDir: join(folder, 'data'), durable: false })
  return {
    url: server.addresses.owner,
    stop: async () => {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
      if (!server.folder.startsWith(folder)) rmSync(server.folder, { recursive: true, force: true })
    },
  }
}
