import { error } from '@sveltejs/kit'
import { exportOwn, ownFormats } from '#features/personal-data/server/own-file.ts'
import { personalDataWords } from '#features/personal-data/words.ts'
import { textOf } from '../../../command-of.ts'
import { readForm } from '../../../form-text.ts'
import { sendPortions } from '../../../send-portions.ts'
import { signedIn } from '../../../signed-in.ts'
import type { RequestHandler } from './$types'

const mediaTypes = {
  json: 'application/json',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** What is held about whoever asks, as a file. */
export const POST: RequestHandler = async ({ request, locals }) => {
  const context = signedIn(locals)
  const asked = textOf(await readForm(request), 'format')
  const format = ownFormats.find((known) => known === asked)
  if (!format) error(400, 'no such format')
  const portions = await exportOwn(context, format)
  const name = `${personalDataWords[context.language].fileName}-${context.today}.${format}`
  return sendPortions(portions, { name, mediaType: mediaTypes[format] })
}
