import ical, { ICalCalendarMethod, type ICalEventData } from 'ical-generator'
import type { EventLine } from '#features/events/server/reads.ts'

/** A civil day as the calendar library takes it: it reads the figures of a Date in UTC. */
const dayOf = (day: string): Date => new Date(`${day}T00:00:00Z`)
/** The moment of a time of day where Vietnam's clocks stand. */
const momentOf = (day: string, time: string): Date => new Date(`${day}T${time}:00+07:00`)
const nextDay = (day: Date): Date => new Date(day.getTime() + 86_400_000)

function whenOf({
  startsOn,
  startsAt,
  endsOn,
  endsAt,
}: EventLine): Pick<ICalEventData, 'start' | 'end' | 'allDay'> {
  const lastDay = endsOn ?? startsOn
  if (startsAt === null) return { start: dayOf(startsOn), end: nextDay(dayOf(lastDay)), allDay: true }
  const start = momentOf(startsOn, startsAt)
  return endsAt === null && endsOn === null
    ? { start, allDay: false }
    : { start, end: momentOf(lastDay, endsAt ?? '17:00'), allDay: false }
}

/** Events as a calendar that programs subscribe to (RFC 5545). Their ids stay, so that what is changed is not doubled. */
export function writeCalendar(
  events: readonly EventLine[],
  about: { name: string; origin: string; now: Date },
): string {
  const calendar = ical({
    name: about.name,
    method: ICalCalendarMethod.PUBLISH,
    prodId: { company: 'Trien khai', product: 'Trien khai', language: 'VI' },
    ttl: 3_600,
  })
  for (const event of events) {
    const plan = [event.planNumber, event.planSubject].filter(Boolean).join(' · ')
    calendar.createEvent({
      id: event.id,
      stamp: about.now,
      summary: event.title,
      ...whenOf(event),
      ...(event.place ? { location: event.place } : {}),
      description: [event.officeName, plan, ...event.invitees.map(({ phrase }) => phrase)].join('\n'),
      url: `${about.origin}/plans/${event.planId}/timeline`,
    })
  }
  return calendar.toString()
}
