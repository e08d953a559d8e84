import { writeCorrections } from '#features/imports/server/out-files.ts'
import { getImport } from '#features/imports/server/reads.ts'
import { importWords } from '#features/imports/words.ts'
import { sendPortions } from '../../../send-portions.ts'
import { signedIn } from '../../../signed-in.ts'
import { workbookType } from '../../workbook-type.ts'
import type { RequestHandler } from './$types'

/** The wrong rows of an import, with the reasons beside their cells. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const context = signedIn(locals)
  const line = await getImport(context.reader, context.scope, params.id)
  const portions = await writeCorrections(context, line)
  const name = `${importWords[context.language].correctionName}-${line.fileName.replace(/\.[a-z]+$/i, '')}.xlsx`
  return sendPortions(portions, { name, mediaType: workbookType })
}
