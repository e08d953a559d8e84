import { type ActionFailure, fail } from '@sveltejs/kit'
import type { MendOutcome } from '#features/imports/server/operations.ts'

type Reason = Extract<MendOutcome, { ok: false }>['reason']
type SheetProblem = 'empty' | 'tooLarge' | 'busy' | 'notNow'

const problems: Readonly<Record<Reason, [status: number, problem: SheetProblem]>> = {
  empty: [400, 'empty'],
  'too-large': [400, 'tooLarge'],
  busy: [429, 'busy'],
  'not-now': [409, 'notNow'],
}

/** What the page says where a file of lists is not taken. */
export function refuseSheet(reason: Reason): ActionFailure<{ problem: SheetProblem }> {
  const [status, problem] = problems[reason]
  return fail(status, { problem })
}
