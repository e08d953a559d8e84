import { fail, redirect } from '@sveltejs/kit'
import type { IntakeOutcome } from '#features/documents/schema.ts'
import { bringInDocument, type IncomingFile } from '#features/documents/server/operations.ts'
import { listOffices } from '#features/documents/server/reads.ts'
import { documentWords } from '#features/documents/words.ts'
import { NotFound } from '#server/platform/errors.ts'
import { readForm } from '../../form-text.ts'
import { signedIn } from '../../signed-in.ts'
import type { Actions, PageServerLoad } from './$types'

/** Progress of what is sent, and dropped files. */
export const csr = true

const bytesPerMegabyte = 1_000_000

export const load: PageServerLoad = async ({ locals }) => {
  const { reader, scope } = signedIn(locals)
  return {
    offices: await listOffices(reader, scope),
    mostMegabytes: Math.floor(locals.mostUploadBytes / bytesPerMegabyte),
  }
}

function pastedFile(words: string, name: string): IncomingFile {
  const file = new File([words], `${name}.txt`, { type: 'text/plain' })
  return { name: file.name, mediaType: file.type, size: file.size, stream: () => file.stream() }
}

export const actions: Actions = {
  default: async ({ request, locals }) => {
    const context = signedIn(locals)
    const form = await readForm(request)
    const offices = await listOffices(context.reader, context.scope)
    const office =
      offices.find(({ id }) => id === form.get('office')) ?? (offices.length === 1 ? offices[0] : undefined)
    if (!office) throw new NotFound('office')
    const incoming: IncomingFile[] = form
      .getAll('file')
      .filter((entry): entry is File => entry instanceof File && (entry.size > 0 || entry.name !== ''))
      .map((file) => ({
        name: file.name,
        mediaType: file.type,
        size: file.size,
        stream: () => file.stream(),
      }))
    const pasted = String(form.get('text') ?? '')
    if (pasted.trim()) incoming.push(pastedFile(pasted, documentWords[locals.language].pasteName))
    if (incoming.length === 0) return fail(400, { nothing: true, outcomes: [] as IntakeOutcome[] })

    const outcomes: IntakeOutcome[] = []
    for (const file of incoming)
      outcomes.push(await bringInDocument(context, office, file, { mostBytes: locals.mostUploadBytes }))
    const [only] = outcomes
    if (outcomes.length === 1 && only?.ok && !only.known) redirect(303, `/documents/${only.documentId}`)
    return { nothing: false, outcomes }
  },
}
