import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** Where a run of the tests keeps sample data to copy; a folder that the run makes and removes. */
export const samplesVariable = 'TRIENKHAI_TEST_SAMPLES'

const longestMakingMilliseconds = 240_000

/**
 * The folder of sample data of so many cells, made by whoever of the run's workers asks first: seeding costs several
 * times what copying does. Undefined outside a run of the tests.
 */
export async function findSample(
  cells: number,
  make: (dataDir: string) => Promise<void>,
): Promise<string | undefined> {
  const folder = process.env[samplesVariable]
  if (!folder) return undefined
  const sample = join(folder, `cells-${cells}`)
  const [lock, ready] = [`${sample}.lock`, `${sample}.ready`]
  const deadline = Date.now() + longestMakingMilliseconds
  while (!existsSync(ready)) {
    if (takeLock(lock)) {
      try {
        mkdirSync(sample, { mode: 0o755 })
        await make(sample)
        writeFileSync(ready, '')
      } catch (error) {
        rmSync(sample, { recursive: true, force: true })
        rmSync(lock, { recursive: true })
        throw error
      }
    } else {
      if (Date.now() > deadline) throw new Error(`no other worker made ${sample} in time`)
      await sleep(100)
    }
  }
  return sample
}

function takeLock(lock: string): boolean {
  try {
    mkdirSync(lock)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

/** Owners included: as root, the database's folder belongs to another account. */
export function copyFolder(from: string, to: string): void {
  execFileSync('cp', ['-a', `${from}/.`, to])
}
