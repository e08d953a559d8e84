import { isShownInline } from '#features/assignments/media-types.ts'
import { getEvidenceFile } from '#features/assignments/server/evidence.ts'
import { NotFound } from '#server/platform/errors.ts'
import { sendFile } from '../../send-file.ts'
import { signedIn } from '../../signed-in.ts'
import type { RequestHandler } from './$types'

/** A file of evidence, for whoever may see the assignment that it proves. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const context = signedIn(locals)
  const { hash, title, mediaType } = await getEvidenceFile(context, params.id)
  const file = await context.files.openFile(hash)
  if (!file) throw new NotFound('file')
  return sendFile(file, { name: title, mediaType, inline: isShownInline(mediaType) })
}
