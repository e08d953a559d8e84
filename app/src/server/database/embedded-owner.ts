import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CannotStart } from './cannot-start.ts'

/** Who holds a data folder: the process and the moment it began, as a process number alone may be used again. */
interface Owner {
  pid: number
  began: string | null
}

const fileOf = (clusterRoot: string): string => join(clusterRoot, 'owner.json')

/** Whether a process lives. One of another user's lives too (EPERM). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** When a process began, in the kernel's own count; null where the system doesn't tell (then the number must do). */
function beganAt(pid: number): string | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')
    // Field 22 of the line, counted from the state that follows the name in brackets (field 3).
    return fields?.[19] ?? null
  } catch {
    return null
  }
}

function readOwner(file: string): Owner | undefined {
  try {
    const read: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (typeof read !== 'object' || read === null || !('pid' in read) || typeof read.pid !== 'number')
      return undefined
    return { pid: read.pid, began: 'began' in read && typeof read.began === 'string' ? read.began : null }
  } catch {
    return undefined
  }
}

const livesOn = (owner: Owner): boolean => isAlive(owner.pid) && beganAt(owner.pid) === owner.began

/** The process that holds this data folder now, if one does. */
export function findOwner(clusterRoot: string): number | undefined {
  const owner = readOwner(fileOf(clusterRoot))
  return owner && livesOn(owner) ? owner.pid : undefined
}

/** Takes the data folder for this process; refuses where a living one holds it. Answers how to give it back. */
export function claimFolder(clusterRoot: string): () => void {
  const file = fileOf(clusterRoot)
  const mine: Owner = { pid: process.pid, began: beganAt(process.pid) }
  for (;;) {
    try {
      writeFileSync(file, JSON.stringify(mine), { flag: 'wx' })
      return () => {
        if (readOwner(file)?.pid === process.pid) rmSync(file, { force: true })
      }
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
    setAsideDeadOwner(file, clusterRoot)
  }
}

/** Moves a dead process's file away. It is looked at once more after the move: a rival may have just renewed it. */
function setAsideDeadOwner(file: string, clusterRoot: string): void {
  const owner = readOwner(file)
  if (owner && livesOn(owner)) {
    throw new CannotStart({ code: 'already-running', processId: owner.pid, folder: clusterRoot })
  }
  const aside = `${file}.${process.pid}`
  try {
    renameSync(file, aside)
  } catch {
    return
  }
  const moved = readOwner(aside)
  if (moved && livesOn(moved)) {
    renameSync(aside, file)
    throw new CannotStart({ code: 'already-running', processId: moved.pid, folder: clusterRoot })
  }
  rmSync(aside, { force: true })
}
