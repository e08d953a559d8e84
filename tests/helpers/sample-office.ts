import { createHash } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DeadlineRule, PlanEvent, ReportDuty, Task } from '@trienkhai/plan-reader/plan.ts'
import { type CivilDate, vietnamDate } from '@trienkhai/vietnamese/civil-date.ts'
import type { OrganisationKind } from '../../app/src/features/organisations/schema.ts'
import { insertOrganisations } from '../../app/src/features/organisations/server/writes.ts'
import type { Field, Review } from '../../app/src/features/plans/review.ts'
import type { Grant, Role } from '../../app/src/server/access/actor.ts'
import { scopeOf } from '../../app/src/server/access/scope.ts'
import type { Context } from '../../app/src/server/context.ts'
import { actOn } from '../../app/src/server/database/acting.ts'
import { inTransaction } from '../../app/src/server/database/handles.ts'
import { openLookBook } from '../../app/src/server/look-book.ts'
import { openFileStore } from '../../app/src/server/platform/files.ts'
import { newId } from '../../app/src/server/platform/ids.ts'
import type { TestDatabase } from './database.ts'

/** Organisations, people who act for them, and plans under review, made for a test in a few lines. */
export interface SampleOffice {
  /** Adds bodies, `[name, kind, name of the body above]`, and knows them by their names. */
  plant: (...bodies: [name: string, kind: OrganisationKind, parent: string | null][]) => Promise<void>
  idOf: (name: string) => string
  /** Somebody with these rights, signed in at a moment (10:00 on 23/11/2026 unless told). */
  actAs: (grants: [role: Role | 'enterer', organisation: string][], at?: string) => Promise<Context>
  /** A plan of an office, under review. */
  plantPlan: (office: string, content?: ReviewContent) => Promise<string>
}

export interface ReviewContent {
  tasks?: (Partial<Task> & { text: string })[]
  events?: (Partial<PlanEvent> & { title: string; start: string })[]
  reports?: (Partial<ReportDuty> & { text: string })[]
  number?: string | null
  subject?: string
  audiences?: Review['audiences']
}

const startOfTests = '2026-11-23T10:00:00+07:00'

export function openSampleOffice(test: TestDatabase): SampleOffice {
  const { database } = test
  const ids = new Map<string, string>()
  const files = openFileStore(mkdtempSync(join(tmpdir(), 'trienkhai-office-')))
  const idOf = (name: string): string => {
    const id = ids.get(name)
    if (!id) throw new Error(`no organisation called ${name}`)
    return id
  }
  return {
    idOf,
    plant: async (...bodies) => {
      for (const [name] of bodies) ids.set(name, newId())
      const rows = bodies.map(([name, kind, parent]) => ({
        id: idOf(name),
        hierarchy: 'party' as const,
        kind,
        name,
        abbreviation: null,
        parentId: parent && idOf(parent),
        unitCode: null,
      }))
      await inTransaction(database, (tx) => insertOrganisations(tx, rows))
    },
    actAs: async (rights, at = startOfTests) => {
      const accountId = newId()
      const grants: Grant[] = rights
        .flatMap(([role, organisation]) => rolesMeant(role).map((each) => [each, organisation] as const))
        .map(([role, organisation]) => ({
          role,
          organisationId: idOf(organisation),
          organisationName: organisation,
        }))
      await inTransaction(database, async (tx) => {
        await tx
          .insertInto('account')
          .values({ id: accountId, name: 'Người thử', email: `${accountId}@example.vn`, username: accountId })
          .execute()
        for (const { role, organisationId } of grants)
          await tx
            .insertInto('role_grant')
            .values({
              id: newId(),
              account_id: accountId,
              role,
              organisation_id: organisationId,
              from_on: '2020-01-01',
            })
            .execute()
      })
      const actor = { accountId, personId: null, name: 'Người thử', grants }
      return {
        actor,
        scope: scopeOf(actor),
        ...actOn(database, { accountId, today: vietnamDate(new Date(at)) }),
        putLook: openLookBook(database).put,
        files,
        now: new Date(at),
        today: vietnamDate(new Date(at)),
        on: vietnamDate(new Date(at)),
        requestId: newId(),
        language: 'vi',
      }
    },
    plantPlan: async (office, content = {}) => {
      const [planId, documentId, accountId] = [newId(), newId(), newId()]
      const hash = createHash('sha256').update(planId).digest('hex')
      const review = reviewFrom(content)
      await inTransaction(database, async (tx) => {
        await tx
          .insertInto('account')
          .values({ id: accountId, name: 'Văn thư', email: `${accountId}@example.vn` })
          .execute()
        await tx.insertInto('file').values({ hash, size: 1, media_type: 'text/plain' }).execute()
        await tx
          .insertInto('document')
          .values({
            id: documentId,
            office_id: idOf(office),
            direction: 'incoming',
            file_hash: hash,
            file_name: 'ke-hoach.txt',
            created_by: accountId,
          })
          .execute()
        await tx
          .insertInto('plan')
          .values({
            id: planId,
            office_id: idOf(office),
            document_id: documentId,
            number: review.head.number.value,
            subject: review.head.subject.value ?? '',
          })
          .execute()
        await tx
          .insertInto('plan_review')
          .values({ plan_id: planId, content: JSON.stringify(review), updated_by: accountId })
          .execute()
      })
      return planId
    },
  }
}

/** In tests, as in a small office, the officer decides too; who only enters for the office is `enterer`. */
export const rolesMeant = (role: Role | 'enterer'): Role[] => {
  if (role === 'enterer') return ['officer']
  return role === 'officer' ? ['officer', 'approver'] : [role]
}

/** The day that a deadline names outright. */
export function dueOn(day: string, rule: Partial<DeadlineRule> = {}): Pick<Task, 'due' | 'deadline'> {
  const words = { words: `trước ngày ${day}`, kind: 'day' as const, day: day as CivilDate, before: true }
  const rest = { every: null, onDay: null, onWeekday: null, hour: null, after: null }
  return { due: day as CivilDate, deadline: { ...words, ...rest, ...rule } }
}

function reviewFrom(content: ReviewContent): Review {
  let next = 0
  const field = <Value>(value: Value): Field<Value> => ({
    id: `field-${next++}`,
    value,
    spans: [],
    sure: 1,
    confirmed: null,
  })
  const task = (parts: Partial<Task> & { text: string }): Task => ({
    lead: [],
    with: [],
    due: null,
    deadline: null,
    product: null,
    condition: null,
    section: null,
    ...parts,
  })
  const event = (parts: Partial<PlanEvent> & { title: string; start: string }): PlanEvent => ({
    end: null,
    place: null,
    programme: [],
    participants: [],
    ...parts,
  })
  const report = (parts: Partial<ReportDuty> & { text: string }): ReportDuty => ({
    from: [],
    to: [],
    due: null,
    deadline: null,
    ...parts,
  })
  const { number = '12-KH/ĐU', subject = 'Học tập chuyên đề' } = content
  return {
    head: {
      kind: field<string | null>('kế hoạch'),
      superior: field<string | null>(null),
      issuer: field<string | null>('Đảng ủy xã'),
      number: field<string | null>(number),
      place: field<string | null>(null),
      date: field<string | null>('2026-11-20'),
      subject: field<string | null>(subject),
      signatory: field({ authority: null, position: null, name: null }),
    },
    bases: [],
    purposes: [],
    requirements: [],
    events: (content.events ?? []).map((parts) => field(event(parts))),
    materials: [],
    tasks: (content.tasks ?? []).map((parts) => field(task(parts))),
    reports: (content.reports ?? []).map((parts) => field(report(parts))),
    recipients: [],
    findings: [],
    removed: [],
    nextId: 0,
    audiences: content.audiences ?? {},
  }
}
