import { countDue } from '#features/desk/rules.ts'
import { getDesk } from '#features/desk/server/reads.ts'
import type { PageServerLoad } from './$types'
import { signedIn } from './signed-in.ts'

export const load: PageServerLoad = async ({ locals }) => {
  const context = signedIn(locals)
  const { scope, on: today } = context
  const desk = await getDesk(context)
  return {
    desk,
    today,
    due: countDue(desk.matters, today),
    has: {
      matters: scope.units.length > 0,
      office: scope.offices.length > 0,
      calendar: scope.memberships.length + scope.areas.length > 0,
      unit: scope.memberships.length > scope.units.length,
      invitedThings: scope.guestOf.length > 0,
    },
  }
}
