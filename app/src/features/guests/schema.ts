/** What somebody can be let in to by itself. */
export const thingKinds = ['event', 'plan', 'document'] as const
export type ThingKind = (typeof thingKinds)[number]

/** A thing that its office can let a guest in to. */
export interface ThingLine {
  kind: ThingKind
  id: string
  title: string
  number: string | null
  officeId: string
  officeName: string
  /** An event's first day, a plan's or document's date. */
  onDay: string | null
}

/** A thing as its guest sees it. */
export interface GuestThing extends Omit<ThingLine, 'officeId'> {
  /** The last day on which it can be seen; null where no end was set. */
  until: string | null
  details: {
    startsAt?: string | null
    endsOn?: string | null
    endsAt?: string | null
    place?: string | null
    agenda?: { title: string; by: string | null; minutes: number | null }[]
    tasks?: { text: string; dueOn: string | null }[]
    issuer?: string | null
    text?: string | null
  }
}
