import { listComingEvents } from '#features/events/server/reads.ts'
import { writeCalendar } from '#features/feeds/server/calendar.ts'
import { shellWords } from '#features/shell/words.ts'
import { signedIn } from '../../signed-in.ts'
import type { RequestHandler } from './$types'

/** More than anybody's calendar holds at once. */
const mostEvents = 500

/** The events to come for whose app password asks: what the page of events shows them, and no more. */
export const GET: RequestHandler = async ({ locals, url }) => {
  const { reader, scope, today, now, language } = signedIn(locals)
  const { rows } = await listComingEvents(reader, scope, { today, offset: 0, limit: mostEvents })
  const body = writeCalendar(rows, { name: shellWords[language].product, origin: url.origin, now })
  return new Response(body, {
    headers: {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'inline; filename="events.ics"',
      'content-security-policy': "default-src 'none'",
    },
  })
}
