import { error } from '@sveltejs/kit'
import { exportFormats, exportRecord } from '#features/record/server/export.ts'
import { recordWords } from '#features/record/words.ts'
import { readForm } from '../../form-text.ts'
import { sendPortions } from '../../send-portions.ts'
import { signedIn } from '../../signed-in.ts'
import { filtersOf } from '../filters-of.ts'
import type { RequestHandler } from './$types'

const mediaTypes = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
}

/** A form, not a link: an export goes on record, and what is only asked for writes nothing. */
export const POST: RequestHandler = async ({ request, locals }) => {
  const context = signedIn(locals)
  const form = await readForm(request)
  const given = new URLSearchParams(
    [...form].filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  )
  const format = exportFormats.find((known) => known === given.get('format'))
  if (!format) error(400, 'no such format')
  const portions = await exportRecord(context, filtersOf(given).filters, format)
  const name = `${recordWords[context.language].fileName}-${context.today}.${format}`
  return sendPortions(portions, { name, mediaType: mediaTypes[format] })
}
