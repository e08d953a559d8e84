import type { Actor, Role } from './actor.ts'

declare const proof: unique symbol

/**
 * Where an actor stands: the organisations on whose behalf rows may be fetched and changed. Only this file
 * makes one, so a query that takes a `Scope` was asked on somebody's behalf. "Not yours" and "not there" are the
 * same answer, because a row outside the scope is never found.
 */
export interface Scope {
  readonly [proof]: true
  readonly accountId: string
  readonly personId: string | null
  /** Offices whose documents and plans one sees: of those that one enters or approves for, and of others. */
  readonly offices: readonly string[]
  /** Offices whose documents, plans and papers one enters. */
  readonly enters: readonly string[]
  /** Offices for which one decides: launch, withdraw, amend, close, issue. */
  readonly approves: readonly string[]
  /** Organisations for which one enters what was done. */
  readonly units: readonly string[]
  /** Organisations that one belongs to, whatever the role there. */
  readonly memberships: readonly string[]
  /** Tops of the areas that one supervises: reads everything below, changes nothing. */
  readonly areas: readonly string[]
  /** Tops of the trees whose organisations, people and accounts one administers. */
  readonly administers: readonly string[]
  /** Tops of the trees whose people's memberships and personal details one sees and keeps. */
  readonly personnel: readonly string[]
  /** The single things that one is a guest of: an event to speak at, a contest to judge. */
  readonly guestOf: readonly string[]
}

/** The scope of an actor's rights. */
export function scopeOf(actor: Actor): Scope {
  const held = (...wanted: Role[]): string[] => [
    ...new Set(
      actor.grants.filter((grant) => wanted.includes(grant.role)).map((grant) => grant.organisationId),
    ),
  ]
  return {
    accountId: actor.accountId,
    personId: actor.personId,
    offices: held('officer', 'approver', 'viewer'),
    enters: held('officer'),
    approves: held('approver'),
    units: held('officer', 'secretary'),
    memberships: held('officer', 'approver', 'viewer', 'secretary', 'member'),
    areas: held('supervisor'),
    administers: held('administrator'),
    personnel: held('personnel'),
    guestOf: actor.grants.flatMap(({ role, subjectId }) =>
      role === 'guest' && subjectId ? [subjectId] : [],
    ),
  } as Partial<Scope> as Scope
}
