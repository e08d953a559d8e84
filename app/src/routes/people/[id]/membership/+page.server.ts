import { fail, redirect } from '@sveltejs/kit'
import { kindsFor } from '#features/people/rules.ts'
import { type MembershipEnding, membershipEndings, membershipStatuses } from '#features/people/schema.ts'
import { changeMembership, type MembershipChange } from '#features/people/server/operations/memberships.ts'
import { getPerson } from '#features/people/server/person-page.ts'
import { findBodies, findOrganisationName } from '#features/people/server/reads.ts'
import { NotFound } from '#server/platform/errors.ts'
import { isId, newId } from '#server/platform/ids.ts'
import { recordLook } from '#server/record.ts'
import { commandOf, textOf } from '../../../command-of.ts'
import { readForm } from '../../../form-text.ts'
import { signedIn } from '../../../signed-in.ts'
import { dayOf, optional } from '../../people-form.ts'
import type { Actions, PageServerLoad, RequestEvent } from './$types'

const mostFound = 30

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const context = signedIn(locals)
  const { reader, scope, on, today } = context
  const person = await getPerson(reader, scope, { id: params.id, on })
  if (!person.may.change || !person.personal) throw new NotFound('person')
  await recordLook(context, { operation: 'person.look', subjectKind: 'person', subjectIds: [person.id] })
  const words = (url.searchParams.get('body') ?? '').trim().slice(0, 100)
  const kinds = membershipStatuses.flatMap(kindsFor)
  const found = words
    ? await findBodies(reader, scope, { words, kinds, inCare: false, limit: mostFound })
    : []
  const { memberships, exemptions, temporary } = person.personal
  const isOpen = ({ toOn, mayChange }: { toOn: string | null; mayChange: boolean }): boolean =>
    mayChange && (toOn === null || toOn >= today)
  return {
    commandId: newId(),
    id: person.id,
    fullName: person.fullName,
    today,
    memberships: memberships.filter((one) => one.mayChange && one.toOn === null),
    exemptions: exemptions.filter(isOpen),
    temporary: temporary.filter(isOpen),
    organisation: await findOrganisationName(reader, scope, url.searchParams.get('organisation') ?? ''),
    words,
    found: found.map(({ id, name, parentName }) => ({ id, name, about: parentName })),
  }
}

/** What a form asks to be changed; undefined where a day in it is no day. */
function changeFrom(type: MembershipChange['type'], form: FormData): MembershipChange | undefined {
  const [fromOn, toOn] = [dayOf(form, 'fromOn'), dayOf(form, 'toOn')]
  const membershipId = textOf(form, 'membership')
  const organisationId = textOf(form, 'organisation')
  switch (type) {
    case 'enrol': {
      const status = membershipStatuses.find((one) => one === textOf(form, 'status'))
      return fromOn && status ? { type, organisationId, status, fromOn } : undefined
    }
    case 'become-official':
      return fromOn ? { type, membershipId, fromOn } : undefined
    case 'transfer':
      return fromOn ? { type, membershipId, organisationId, fromOn } : undefined
    case 'end': {
      const endedAs: MembershipEnding =
        membershipEndings.find((one) => one === textOf(form, 'endedAs')) ?? 'left'
      return toOn ? { type, membershipId, toOn, endedAs } : undefined
    }
    case 'exempt':
      return fromOn && toOn !== undefined
        ? { type, organisationId, reason: textOf(form, 'reason'), fromOn, toOn }
        : undefined
    case 'move-for-a-time': {
      const idOf = (name: string): string | null => (isId(textOf(form, name)) ? textOf(form, name) : null)
      return fromOn && toOn !== undefined
        ? { type, homeId: idOf('home'), hostId: idOf('host'), place: optional(form, 'place'), fromOn, toOn }
        : undefined
    }
    case 'end-exemption':
      return toOn ? { type, exemptionId: textOf(form, 'exemption'), toOn } : undefined
    case 'come-back':
      return toOn ? { type, temporaryId: textOf(form, 'temporary'), toOn } : undefined
  }
}

const actionOf =
  (type: MembershipChange['type']) =>
  async ({ request, locals, params }: RequestEvent) => {
    const form = await readForm(request)
    const change = changeFrom(type, form)
    if (!change) return fail(400, { reason: 'bad-day' as const })
    const asked = { commandId: commandOf(form), personId: params.id, change }
    const outcome = await changeMembership(signedIn(locals), asked)
    if (!outcome.ok) return fail(409, { reason: outcome.reason })
    redirect(303, `/people/${params.id}`)
  }

export const actions: Actions = {
  enrol: actionOf('enrol'),
  official: actionOf('become-official'),
  transfer: actionOf('transfer'),
  end: actionOf('end'),
  exempt: actionOf('exempt'),
  endExemption: actionOf('end-exemption'),
  away: actionOf('move-for-a-time'),
  back: actionOf('come-back'),
}
