import { error } from '@sveltejs/kit'
import { parseIsoDate } from '@trienkhai/vietnamese/civil-date.ts'
import { importKinds } from '#features/imports/schema.ts'
import { exportList } from '#features/imports/server/export-list.ts'
import { importWords } from '#features/imports/words.ts'
import { isId } from '#server/platform/ids.ts'
import { textOf } from '../command-of.ts'
import { readForm } from '../form-text.ts'
import { workbookType } from '../imports/workbook-type.ts'
import { sendPortions } from '../send-portions.ts'
import { signedIn } from '../signed-in.ts'
import type { RequestHandler } from './$types'

/** A form, not a link: what is taken out goes on record, and what is only asked for writes nothing. */
export const POST: RequestHandler = async ({ request, locals }) => {
  const context = signedIn(locals)
  const form = await readForm(request)
  const asked = textOf(form, 'kind')
  const kind = asked === 'all' ? 'all' : importKinds.find((each) => each === asked)
  const officeId = textOf(form, 'office')
  if (!kind || !isId(officeId)) error(400, 'no such list')
  const format = kind !== 'all' && textOf(form, 'format') === 'csv' ? 'csv' : 'xlsx'
  const day = parseIsoDate(textOf(form, 'on')) ?? context.today
  // A day to come is not known yet.
  const [on = context.today] = [day, context.today].sort()
  const history = textOf(form, 'history') !== ''
  const { portions, officeName } = await exportList(context, { officeId, kind, format, on, history })
  const words = importWords[context.language]
  const list = kind === 'all' ? words.exportAll : words.kinds[kind]
  const name = `${[list, officeName, ...(history ? [words.historyName] : []), on].join(' - ')}.${format}`
  return sendPortions(portions, {
    name,
    mediaType: format === 'csv' ? 'text/csv; charset=utf-8' : workbookType,
  })
}
