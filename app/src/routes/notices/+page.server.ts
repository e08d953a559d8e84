import { redirect } from '@sveltejs/kit'
import { markNoticesRead } from '#features/notices/server/operations.ts'
import { countUnread, listNotices } from '#features/notices/server/reads.ts'
import { readForm } from '../form-text.ts'
import { listRequest, readPage } from '../list-request.ts'
import { signedIn } from '../signed-in.ts'
import type { Actions, PageServerLoad } from './$types'

/** A notice that is opened is marked as read on the way. */
export const csr = true

const pageSize = 30

export const load: PageServerLoad = async ({ locals, url }) => {
  const { reader, scope } = signedIn(locals)
  const request = listRequest(url, pageSize)
  const onlyUnread = url.searchParams.has('unread')
  const [{ rows, total, page }, unread] = await Promise.all([
    readPage(request, (asked) => listNotices(reader, scope, { ...asked, onlyUnread })),
    countUnread(reader, scope),
  ])
  return { rows, total, unread, onlyUnread, page, pageSize }
}

/** Back to the list as it was looked at, so that reading one notice does not lose the place. */
const sameList = ({ searchParams }: URL): string => {
  const kept = new URLSearchParams([...searchParams].filter(([name]) => name === 'unread' || name === 'page'))
  return `/notices${kept.size > 0 ? `?${kept}` : ''}`
}

export const actions: Actions = {
  read: async ({ request, locals, url }) => {
    const noticeId = String((await readForm(request)).get('notice') ?? '')
    await markNoticesRead(signedIn(locals), { noticeId })
    redirect(303, sameList(url))
  },
  readAll: async ({ locals, url }) => {
    await markNoticesRead(signedIn(locals), 'all')
    redirect(303, sameList(url))
  },
}
