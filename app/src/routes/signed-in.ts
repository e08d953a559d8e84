import { error } from '@sveltejs/kit'
import type { Context } from '#server/context.ts'

/** The context of who is signed in. The hook sends everybody else to the sign-in page before a page asks. */
export function signedIn(locals: App.Locals): Context {
  if (!locals.context) error(401, 'sign in first')
  return locals.context
}
