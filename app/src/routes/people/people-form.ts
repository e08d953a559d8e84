import {
  type CivilDate,
  civilDate,
  parseIsoDate,
  parseVietnameseDate,
} from '@trienkhai/vietnamese/civil-date.ts'
import type { PersonDetails } from '#features/people/schema.ts'
import { textOf } from '../command-of.ts'

/** A day that was typed or picked: null where the field is empty, undefined where it is no day. */
export function dayOf(form: FormData, name: string): CivilDate | null | undefined {
  const text = textOf(form, name).trim()
  if (text === '') return null
  return parseIsoDate(text) ?? parseVietnameseDate(text)
}

/** A text that may be left out. */
export const optional = (form: FormData, name: string): string | null => textOf(form, name).trim() || null

/** Personal details as they were typed; undefined where one of the days is no day. */
export function detailsFrom(form: FormData): PersonDetails | undefined {
  const born = bornFrom(textOf(form, 'born').trim())
  const [joinedOn, officialOn] = [dayOf(form, 'joinedOn'), dayOf(form, 'officialOn')]
  if (born === undefined || joinedOn === undefined || officialOn === undefined) return undefined
  const sex = textOf(form, 'sex')
  return {
    ...born,
    sex: sex === 'female' || sex === 'male' ? sex : null,
    phone: optional(form, 'phone'),
    email: optional(form, 'email'),
    partyCard: optional(form, 'partyCard'),
    joinedOn,
    officialOn,
  }
}

/** `05/6/1980`, or only `1980`, as lists often have it. */
function bornFrom(text: string): Pick<PersonDetails, 'bornOn' | 'bornKnownTo'> | undefined {
  if (text === '') return { bornOn: null, bornKnownTo: 'day' }
  const year = /^\d{4}$/.test(text) ? civilDate(Number(text), 1, 1) : undefined
  if (year) return { bornOn: year, bornKnownTo: 'year' }
  const day = parseIsoDate(text) ?? parseVietnameseDate(text)
  return day && { bornOn: day, bornKnownTo: 'day' }
}
