import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import type { Language } from '@trienkhai/vietnamese/language.ts'
import { tell } from './open-database.ts'
import { startWords } from './start-words.ts'

const appFolder = resolve(import.meta.dirname, '..', '..', '..')
const projectFolder = resolve(appFolder, '..')
const buildFolder = join(appFolder, 'build')
/** Names the source that the build was made of. Written last, so a build that broke off is never taken for whole. */
const sourceFile = join(buildFolder, 'source.sha256')

/** What the built pages are made of. */
const madeOf = ['app/src', 'app/static', 'app/vite.config.ts', 'app/package.json', 'package-lock.json']
const packagesFolder = join(projectFolder, 'packages')

/** Builds the pages where there are none of this source. False where that fails; why has been told. */
export async function ensureBuilt(language: Language): Promise<boolean> {
  const source = hashSource()
  if (isBuiltOf(source)) return true
  const words = startWords[language]
  tell(words.building)
  const startedAt = Date.now()
  rmSync(sourceFile, { force: true })
  const { code, output } = await runVite()
  if (code !== 0) {
    tell(`${words.buildFailed}\n${output}`)
    return false
  }
  writeFileSync(sourceFile, source)
  tell(words.built(Math.round((Date.now() - startedAt) / 1000)))
  return true
}

function isBuiltOf(source: string): boolean {
  return (
    existsSync(join(buildFolder, 'handler.js')) &&
    existsSync(sourceFile) &&
    readFileSync(sourceFile, 'utf8') === source
  )
}

/** A hash over the paths and contents of the source, tests left out. About 20 ms. */
function hashSource(): string {
  const hash = createHash('sha256')
  const roots = madeOf.map((path) => join(projectFolder, path))
  for (const name of readdirSync(packagesFolder).sort()) roots.push(join(packagesFolder, name, 'src'))
  for (const root of roots) addToHash(root)
  return hash.digest('hex')

  function addToHash(path: string): void {
    if (!existsSync(path)) return
    for (const file of listFiles(path)) {
      hash.update(file.slice(projectFolder.length))
      hash.update(readFileSync(file))
    }
  }
}

function listFiles(path: string): string[] {
  try {
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return [path]
    throw error
  }
}

/** In a process of its own: the bundler's memory goes with it, and the product starts lean. */
function runVite(): Promise<{ code: number | null; output: string }> {
  const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin', 'vite.js')
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
      cwd: appFolder,
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const add = (bytes: Buffer): void => {
      output += bytes.toString()
    }
    child.stdout.on('data', add)
    child.stderr.on('data', add)
    child.once('error', fail)
    child.once('close', (code) => done({ code, output }))
  })
}
