import { settingsFromEnvironment } from '#env.ts'
import { listLastRuns } from '#features/personal-data/server/retention-reads.ts'
import { signedIn } from '../signed-in.ts'
import type { PageServerLoad } from './$types'

const { keepDays } = settingsFromEnvironment()

export const load: PageServerLoad = async ({ locals }) => {
  const { reader, scope } = signedIn(locals)
  return { keepDays, runs: await listLastRuns(reader, scope), mayDecide: scope.administers.length > 0 }
}
