import { fail, redirect } from '@sveltejs/kit'
import { type CivilDate, formatLongDate, partsOf } from '@trienkhai/vietnamese/civil-date.ts'
import { figureDefinitions } from '#features/papers/figures.ts'
import { annexLabel, annexTitles, sectionsShown } from '#features/papers/official-paper.ts'
import { issuePaper, writeNewVersion } from '#features/papers/server/issue.ts'
import {
  addSection,
  discardPaper,
  omitSection,
  refreshPaper,
  saveFrame,
  saveSection,
} from '#features/papers/server/operations.ts'
import { getPaper } from '#features/papers/server/reads.ts'
import { paperWords } from '#features/papers/words.ts'
import { textOf } from '#features/papers/written-words.ts'
import { newId } from '#server/platform/ids.ts'
import { commandOf } from '../../command-of.ts'
import { readForm } from '../../form-text.ts'
import { signedIn } from '../../signed-in.ts'
import type { Actions, PageServerLoad } from './$types'

/** The editor keeps what is typed by itself. */
export const csr = true

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { reader, scope, on: today } = signedIn(locals)
  const paper = await getPaper(reader, scope, params.id)
  const { content } = paper
  const { year, month } = partsOf(paper.figuresOn as CivilDate)
  const edited = url.searchParams.get('edit')
  // What went out is not edited any more.
  const section = paper.issue
    ? undefined
    : content.sections.find(({ id, omitted }) => id === edited && !omitted)
  const unwritten = sectionsShown(content).flatMap((each) => (each.isUnwritten ? [each.section.id] : []))
  return {
    paper: {
      id: paper.id,
      issue: paper.issue,
      follows: paper.follows,
      followed: paper.followed,
      kind: paper.kind,
      title: paper.title,
      planId: paper.planId,
      planNumber: paper.planNumber,
      planSubject: paper.planSubject,
      figuresOn: paper.figuresOn,
      updatedAt: paper.updatedAt,
      version: paper.version,
      head: content.head,
      sections: content.sections,
      recipients: content.recipients,
      signature: content.signature,
    },
    unwritten,
    annexLabel,
    annexTitles,
    month: String(month).padStart(month < 3 ? 2 : 1, '0'),
    year: String(year),
    editing: section ? { id: section.id, text: textOf(section.lines) } : null,
    editsFrame: edited === 'frame' && !paper.issue,
    issuedDay: paper.issue ? formatLongDate(paper.issue.issuedOn as CivilDate) : null,
    today,
    commandId: newId(),
    commands: { issue: newId(), follow: newId() },
  }
}

const text = (form: FormData, name: string): string => String(form.get(name) ?? '')
const linesIn = (form: FormData, name: string): string[] =>
  text(form, name)
    .split(/\r?\n/u)
    .map((line) => line.replace(/^\s*[-–]\s+/u, '').trim())
    .filter(Boolean)
    .slice(0, 60)

const longestField = 300
const wordIn = (form: FormData, name: string): string => text(form, name).trim().slice(0, longestField)

export const actions: Actions = {
  save: async ({ request, locals, params }) => {
    const form = await readForm(request)
    const sectionId = text(form, 'section')
    const typed = { heading: text(form, 'heading'), text: text(form, 'text') }
    const typing = form.has('typing')
    const outcome = await saveSection(signedIn(locals), params.id, {
      sectionId,
      version: Number(text(form, 'version')),
      heading: typed.heading,
      text: typed.text,
      typing,
    })
    if (!outcome.ok)
      return fail(outcome.reason === 'too-long' ? 400 : 409, { sectionId, reason: outcome.reason, typed })
    if (typing) return { saved: outcome.sectionVersion }
    redirect(303, `/papers/${params.id}#${sectionId}`)
  },

  frame: async ({ request, locals, params }) => {
    const form = await readForm(request)
    const outcome = await saveFrame(signedIn(locals), params.id, {
      version: Number(text(form, 'version')),
      superior: linesIn(form, 'superior'),
      issuer: linesIn(form, 'issuer'),
      sign: wordIn(form, 'sign'),
      place: wordIn(form, 'place'),
      subject: text(form, 'subject').replaceAll('\r\n', '\n').trim().slice(0, longestField),
      addressees: linesIn(form, 'addressees'),
      recipients: linesIn(form, 'recipients'),
      signature: {
        authority: wordIn(form, 'authority'),
        position: wordIn(form, 'position'),
        name: wordIn(form, 'name'),
      },
    })
    if (!outcome.ok)
      return fail(outcome.reason === 'issuer-missing' ? 400 : 409, { frameReason: outcome.reason })
    redirect(303, `/papers/${params.id}`)
  },

  refresh: async ({ locals, params }) => {
    const { changes, tables } = await refreshPaper(signedIn(locals), params.id)
    const words = paperWords[locals.language]
    return {
      refreshed: [
        ...changes.map(({ figure, before, after, typed }) => {
          const what = figureDefinitions[figure].words[locals.language]
          return typed === null ? words.change(what, before, after) : words.changeTyped(what, after, typed)
        }),
        ...tables.map((table) => words.tableChanged(words.table[table])),
      ],
    }
  },

  omit: async ({ request, locals, params }) => {
    const sectionId = text(await readForm(request), 'section')
    await omitSection(signedIn(locals), params.id, { sectionId, omitted: true })
  },
  restore: async ({ request, locals, params }) => {
    const sectionId = text(await readForm(request), 'section')
    await omitSection(signedIn(locals), params.id, { sectionId, omitted: false })
  },

  add: async ({ request, locals, params }) => {
    const form = await readForm(request)
    const { sectionId } = await addSection(signedIn(locals), params.id, {
      commandId: commandOf(form),
      afterId: text(form, 'section'),
      heading: paperWords.vi.added,
    })
    redirect(303, `/papers/${params.id}?edit=${sectionId}#${sectionId}`)
  },

  issue: async ({ request, locals, params }) => {
    const form = await readForm(request)
    const typed = { number: text(form, 'number'), issuedOn: text(form, 'issuedOn') }
    const outcome = await issuePaper(signedIn(locals), {
      commandId: commandOf(form),
      paperId: params.id,
      ...typed,
      version: Number(text(form, 'version')),
    })
    if (!outcome.ok) return fail(409, { issueReason: outcome.reason, issueTyped: typed })
    redirect(303, `/papers/${params.id}`)
  },

  follow: async ({ request, locals, params }) => {
    const form = await readForm(request)
    const { paperId } = await writeNewVersion(signedIn(locals), {
      commandId: commandOf(form),
      paperId: params.id,
    })
    redirect(303, `/papers/${paperId}`)
  },

  discard: async ({ locals, params }) => {
    await discardPaper(signedIn(locals), params.id)
    redirect(303, '/papers?discarded')
  },
}
