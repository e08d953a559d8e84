import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { makeOpenFolder } from './open-folder.ts'

/** A disk of its own in memory, for filling it up. Needs root, on a system that lets root mount. */
export function mountSmallDisk(folder: string, megabytes: number): void {
  mkdirSync(folder, { recursive: true })
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', folder], {
    stdio: 'ignore',
  })
}

export function unmountDisk(folder: string): void {
  execFileSync('umount', [folder])
}

/** Containers often don't let even root mount anything. */
export function canMountDisks(): boolean {
  if (process.getuid?.() !== 0) return false
  const folder = makeOpenFolder('mount')
  const disk = join(folder, 'disk')
  try {
    mountSmallDisk(disk, 1)
    unmountDisk(disk)
    return true
  } catch {
    return false
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
