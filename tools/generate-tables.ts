import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { startEmbedded } from '../app/src/server/database/embedded.ts'
import { migrate } from '../app/src/server/database/migrate.ts'
import { makeOpenFolder } from '../tests/helpers/open-folder.ts'
import { projectFolder, runStep } from './run-step.ts'

// Writes the row types of the database from the migrations: `node tools/generate-tables.ts`. With `--check` it writes
// nothing and fails where the file isn't what it would write.

const tablesFile = join(projectFolder, 'app/src/server/database/tables.ts')

async function generate(): Promise<string> {
  const folder = makeOpenFolder('tables')
  const server = await startEmbedded({ dataDir: join(folder, 'data'), durable: false })
  try {
    await migrate(server.addresses.owner)
    return await runGenerator(server.addresses.owner, join(folder, 'tables.ts'))
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function runGenerator(url: string, file: string): Promise<string> {
  const options = ['--dialect', 'postgres', '--out-file', file, '--default-schema', 'public']
  // As `connect.ts` reads them: civil dates as text, whole numbers of 64 bits as numbers.
  options.push('--date-parser', 'string', '--type-mapping', JSON.stringify({ int8: 'number' }))
  options.push('--exclude-pattern', '{graphile_worker,past}.*', '--log-level', 'error')
  const { code, output } = await runStep(['kysely-codegen', ...options], { env: { DATABASE_URL: url } })
  if (code !== 0) throw new Error(`kysely-codegen: ${output}`)
  const body = readFileSync(file, 'utf8').replace(/^\/\*\*[\s\S]*?\*\/\s*/, '')
  return `/** Generated from the migrations by \`node tools/generate-tables.ts\`. Don't edit. */\n\n${body}`
}

const wanted = await generate()
if (process.argv.includes('--check')) {
  if (readFileSync(tablesFile, 'utf8') !== wanted) {
    console.error(
      `${relative(projectFolder, tablesFile)} is not current: run \`node tools/generate-tables.ts\` and commit it.`,
    )
    process.exitCode = 1
  }
} else {
  writeFileSync(tablesFile, wanted)
}
