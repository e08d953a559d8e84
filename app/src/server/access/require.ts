import { NotAllowed } from '#server/platform/errors.ts'

/** Stops an operation that the actor may not do. The row was found, so the answer may say that it is there. */
export function requireMay(allowed: boolean): void {
  if (!allowed) throw new NotAllowed()
}
