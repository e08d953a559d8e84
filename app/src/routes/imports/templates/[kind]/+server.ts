import { importKinds } from '#features/imports/schema.ts'
import { writeTemplate } from '#features/imports/server/out-files.ts'
import { sheetName } from '#features/imports/sheet-shapes.ts'
import { importWords } from '#features/imports/words.ts'
import { NotFound } from '#server/platform/errors.ts'
import { sendPortions } from '../../../send-portions.ts'
import { signedIn } from '../../../signed-in.ts'
import { workbookType } from '../../workbook-type.ts'
import type { RequestHandler } from './$types'

/** An empty sheet to be filled in; it holds nothing of anybody. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const context = signedIn(locals)
  const kinds = params.kind === 'all' ? importKinds : importKinds.filter((kind) => kind === params.kind)
  const [first] = kinds
  if (!first) throw new NotFound('template')
  const words = importWords[context.language]
  const name = kinds.length > 1 ? words.templateAll : words.template(sheetName(first, context.language))
  return sendPortions(await writeTemplate(context, kinds), { name: `${name}.xlsx`, mediaType: workbookType })
}
