import { findPage } from '#features/documents/server/reads.ts'
import { NotFound } from '#server/platform/errors.ts'
import { sendFile } from '../../../../send-file.ts'
import { signedIn } from '../../../../signed-in.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async ({ locals, params }) => {
  const { reader, scope, files } = signedIn(locals)
  const page = /^\d{1,4}$/.test(params.page) ? Number(params.page) : -1
  const found = await findPage(reader, scope, params.id, page)
  const file = found ? await files.openFile(found.hash) : undefined
  if (!found || !file) throw new NotFound('page')
  // It never changes: the browser that was shown it once need not ask again.
  const response = sendFile(file, { name: `${page + 1}.webp`, mediaType: found.mediaType, inline: true })
  response.headers.set('cache-control', 'private, max-age=31536000, immutable')
  return response
}
