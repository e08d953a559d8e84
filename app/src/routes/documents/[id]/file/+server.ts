import { getDocument } from '#features/documents/server/reads.ts'
import { NotFound } from '#server/platform/errors.ts'
import { sendFile } from '../../../send-file.ts'
import { signedIn } from '../../../signed-in.ts'
import type { RequestHandler } from './$types'

export const GET: RequestHandler = async ({ locals, params }) => {
  const { reader, scope, files } = signedIn(locals)
  const document = await getDocument(reader, scope, params.id)
  const file = document.fileHash ? await files.openFile(document.fileHash) : undefined
  if (!file) throw new NotFound('file')
  return sendFile(file, { name: document.fileName, mediaType: 'application/octet-stream' })
}
