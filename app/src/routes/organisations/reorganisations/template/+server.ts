import { Readable } from 'node:stream'
import { writeStepTemplate } from '#features/reorganisations/server/read-sheet.ts'
import { savedAs } from '../../../send-file.ts'
import { signedIn } from '../../../signed-in.ts'
import type { RequestHandler } from './$types'

const mediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export const GET: RequestHandler = ({ locals }) => {
  const { language } = signedIn(locals)
  const stream = Readable.toWeb(Readable.from(writeStepTemplate(language))) as ReadableStream<Uint8Array>
  return new Response(stream, { headers: savedAs({ name: 'mau-sap-xep-to-chuc.xlsx', mediaType }) })
}
