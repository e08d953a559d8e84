/** What came in isn't of the form that was asked for. `problems` names fields, never what stood in them. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput'
  readonly problems: readonly string[]

  constructor(problems: readonly string[] = []) {
    super(`invalid input${problems.length > 0 ? `: ${problems.join(', ')}` : ''}`)
    this.problems = problems
  }
}

/** It isn't there, or isn't theirs: to who asks, the two are one. */
export class NotFound extends Error {
  override readonly name = 'NotFound'

  constructor(subject = 'what was asked for') {
    super(`${subject} was not found`)
  }
}

/** They may see it, but not do this to it. */
export class NotAllowed extends Error {
  override readonly name = 'NotAllowed'

  constructor() {
    super('not allowed')
  }
}

/** It has changed since they looked, and what they did would undo another's work. */
export class Conflict extends Error {
  override readonly name = 'Conflict'

  constructor(subject = 'it') {
    super(`${subject} has changed meanwhile`)
  }
}

/** How each kind of error is told at the doors: the status of a response, the exit code of a command. */
const told = {
  InvalidInput: { status: 400, exitCode: 2 },
  NotAllowed: { status: 403, exitCode: 3 },
  NotFound: { status: 404, exitCode: 4 },
  Conflict: { status: 409, exitCode: 5 },
} as const

/** What the file system and PostgreSQL say when there is no room left. */
const diskFullCodes: readonly unknown[] = ['ENOSPC', 'EDQUOT', '53100']

/** Whether the disk had no room left: nobody's fault but the machine's, and to be told as such. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && diskFullCodes.includes(error.code)
}

/**
 * What PostgreSQL says to text with NUL: in a value, and in a value of JSON. Forms and addresses are read without it;
 * what comes by another way is the sender's to mend.
 */
const notTextCodes: readonly unknown[] = ['22021', '22P05']

/** Anything that isn't in the table is a bug of ours. */
const bug = { status: 500, exitCode: 1 } as const

/** How an error is told. The name decides, not the class: the built pages carry their own copies of these classes. */
export function toldAs(error: unknown): { status: number; exitCode: number } {
  if (isDiskFull(error)) return { status: 507, exitCode: 1 }
  if (error instanceof Error && 'code' in error && notTextCodes.includes(error.code)) return told.InvalidInput
  const name = error instanceof Error ? error.name : ''
  return Object.entries(told).find(([known]) => known === name)?.[1] ?? bug
}
