import { isShownInline } from '#features/assignments/media-types.ts'
import { getReportFile } from '#features/report-duties/server/reads.ts'
import { NotFound } from '#server/platform/errors.ts'
import { sendFile } from '../../../send-file.ts'
import { signedIn } from '../../../signed-in.ts'
import type { RequestHandler } from './$types'

/** The file that came with a unit's report, for whoever may see the report. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const { reader, scope, files } = signedIn(locals)
  const { hash, name, mediaType } = await getReportFile(reader, scope, params.dutyId)
  const file = await files.openFile(hash)
  if (!file) throw new NotFound('file')
  return sendFile(file, { name, mediaType, inline: isShownInline(mediaType) })
}
