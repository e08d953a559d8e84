import { redirect } from '@sveltejs/kit'
import { signOut } from '#features/accounts/server/sign-in.ts'
import { askingOf } from '../asking.ts'
import type { RequestHandler } from './$types'

export const POST: RequestHandler = async (event) => {
  await signOut(event.locals.signIn, askingOf(event))
  redirect(303, '/sign-in')
}
