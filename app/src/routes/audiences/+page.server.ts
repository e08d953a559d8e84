import { fail, redirect } from '@sveltejs/kit'
import { audienceOfLines, emptyLine, linesAsQuery, linesFrom, linesOf } from '#features/audiences/lines.ts'
import { type Audience, speaksOfMembership } from '#features/audiences/schema.ts'
import { namesPeople } from '#features/audiences/server/audience-sql.ts'
import { findParts } from '#features/audiences/server/find-parts.ts'
import { followSuccessions } from '#features/audiences/server/follow-successions.ts'
import { endAudience, saveAudience } from '#features/audiences/server/operations.ts'
import { listSavedAudiences, readAudienceNames } from '#features/audiences/server/reads.ts'
import { resolveAudience } from '#features/audiences/server/resolve-audience.ts'
import { resolvePeople } from '#features/audiences/server/resolve-people.ts'
import { audienceWords, describeAudience, describeEnded } from '#features/audiences/words.ts'
import { organisationKinds } from '#features/organisations/schema.ts'
import { findBodyInCare, listTitles } from '#features/people/server/reads.ts'
import { NotFound } from '#server/platform/errors.ts'
import { newId } from '#server/platform/ids.ts'
import { recordLook } from '#server/record.ts'
import { commandOf, textOf } from '../command-of.ts'
import { readForm } from '../form-text.ts'
import { listRequest, readPage } from '../list-request.ts'
import { signedIn } from '../signed-in.ts'
import type { Actions, PageServerLoad } from './$types'

const pageSize = 50

export const load: PageServerLoad = async ({ locals, url }) => {
  const context = signedIn(locals)
  const { reader, scope, on, today, language } = context
  const [officeId] = scope.offices
  if (!officeId) return { office: null }
  const words = audienceWords[language]
  const saved = await listSavedAudiences(reader, scope, officeId)
  const opened = saved.find(({ id }) => id === url.searchParams.get('saved'))
  const asked = linesFrom(url.searchParams)
  const lines = opened ? linesOf(opened.audience) : asked.length > 0 ? asked : [emptyLine]
  const written = opened ? opened.audience : audienceOfLines(lines ?? [])
  // On a day of the past what was named lived, and stands for itself.
  const isToday = on >= today
  const [followed] = written && isToday ? await followSuccessions(reader, officeId, [written]) : []
  const audience = followed?.audience ?? written
  const shown = lines && url.searchParams.has('add') ? [...lines, { ...emptyLine }] : (lines ?? [])
  const parts = await Promise.all(shown.map((line) => findParts(reader, scope, line, { officeId, on })))
  const lookedAt = parts.flatMap(({ look }) => look)
  if (lookedAt.length > 0)
    await recordLook(context, {
      operation: 'people.look',
      subjectKind: 'person',
      subjectIds: [...new Set(lookedAt)],
      officeId,
    })
  const names = await readAudienceNames(reader, officeId, [
    ...saved.map((one) => (isToday ? one.current : one.audience)),
    ...(audience ? [audience] : []),
  ])
  const question = { officeId, on, past: on < today }
  const namesPersons = audience !== undefined && namesPeople(audience)
  const isSensitive = audience !== undefined && speaksOfMembership(audience)
  const keeps = (await findBodyInCare(reader, scope, officeId)) !== null
  const people = audience
    ? await readPage(listRequest(url, pageSize), ({ offset, limit }) =>
        resolvePeople(reader, scope, { ...question, audience, offset, limit }),
      )
    : { people: [], total: 0, page: 1 }
  const bodies = audience
    ? await resolveAudience(reader, scope, { ...question, today: on, audience, limit: pageSize })
    : { organisations: [], total: 0 }
  if (isSensitive && keeps && people.people.length > 0)
    await recordLook(context, {
      operation: 'people.look',
      subjectKind: 'person',
      subjectIds: people.people.map(({ id }) => id),
      officeId,
    })
  return {
    office: { id: officeId, name: names.office },
    lines: shown.map((line, at) => ({ ...line, parts: parts[at]?.parts ?? [] })),
    address: lines ? linesAsQuery(lines).toString() : `saved=${opened?.id ?? ''}`,
    isWritten: lines !== undefined,
    name: opened?.name ?? url.searchParams.get('name') ?? '',
    described: audience ? describeAudience(audience, names, language) : null,
    ended: describeEnded(followed?.ended ?? [], language),
    namesPersons,
    isHidden: isSensitive && !keeps,
    people: isSensitive && !keeps ? { ...people, people: [] } : people,
    bodies: bodies.organisations.map(({ id, name, parentName }) => ({ id, name, parentName })),
    bodiesTotal: bodies.total,
    pageSize,
    kinds: organisationKinds.map((kind) => ({ kind, name: words.kind[kind] })),
    titles: [...new Set((await listTitles(reader, { organisationId: officeId })).map(({ name }) => name))],
    saved: saved.map(({ id, name, audience, current, ended }) => ({
      id,
      name,
      described: describeAudience(isToday ? current : audience, names, language),
      ended: isToday ? describeEnded(ended, language) : [],
      commandId: newId(),
    })),
    commandId: newId(),
  }
}

const officeOf = (offices: readonly string[]): string => {
  const [officeId] = offices
  if (!officeId) throw new NotFound('office')
  return officeId
}

export const actions: Actions = {
  save: async ({ request, locals }) => {
    const context = signedIn(locals)
    const officeId = officeOf(context.scope.offices)
    const form = await readForm(request)
    const query = new URLSearchParams(textOf(form, 'address'))
    const audience: Audience | undefined = audienceOfLines(linesFrom(query))
    if (!audience) return fail(400, { reason: 'nothing' as const })
    const name = textOf(form, 'name').slice(0, 200)
    const outcome = await saveAudience(context, { commandId: commandOf(form), officeId, name, audience })
    if (!outcome.ok) return fail(400, { reason: 'noName' as const })
    redirect(303, `/audiences?saved=${outcome.id}`)
  },
  end: async ({ request, locals }) => {
    const context = signedIn(locals)
    const officeId = officeOf(context.scope.offices)
    const form = await readForm(request)
    const name = textOf(form, 'name')
    await endAudience(context, { commandId: commandOf(form), officeId, name })
    redirect(303, '/audiences')
  },
}
