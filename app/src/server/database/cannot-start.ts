/** Why the database can't be had. Each has its sentence for people in `entry/cli/words.ts`. */
export type CannotStartReason =
  | { code: 'already-running'; processId: number; folder: string }
  | { code: 'other-version'; folder: string; found: string; wanted: string }
  | { code: 'other-user'; folder: string }
  | { code: 'nameless-account'; uid: number }
  | { code: 'disk-full'; folder: string }
  | { code: 'folder-not-writable'; folder: string }
  | { code: 'no-embedded-database'; platform: string }
  | { code: 'embedded-failed'; log: string; detail: string }
  | { code: 'database-unreachable'; address: string; detail: string }
  | { code: 'database-too-old'; found: string }
  | { code: 'database-newer'; version: number; known: number }
  | { code: 'migration-changed'; file: string }
  | { code: 'migration-failed'; file: string; detail: string }

/** Thrown where the product can't come up for a reason that the person at the keyboard can do something about. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart'
  readonly reason: CannotStartReason

  constructor(reason: CannotStartReason, cause?: unknown) {
    super(`${reason.code} ${JSON.stringify(reason)}`, { cause })
    this.reason = reason
  }
}

/** Turns an error of the file system into the reason a person can act on; anything else comes back as it is. */
export function explainFileError(error: unknown, folder: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOSPC' || code === 'EDQUOT') return new CannotStart({ code: 'disk-full', folder }, error)
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new CannotStart({ code: 'folder-not-writable', folder }, error)
  }
  return error
}
