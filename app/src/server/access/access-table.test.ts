import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { accounts } from './accounts.ts'
import { type Role, roles } from './actor.ts'
import { assignments } from './assignments.ts'
import { documents } from './documents.ts'
import { imports } from './imports.ts'
import { organisations } from './organisations.ts'
import { papers } from './papers.ts'
import { people, personnel } from './people.ts'
import { erasureRequests } from './personal-data.ts'
import { plans } from './plans.ts'
import { recordEntries } from './record.ts'
import { reorganisations } from './reorganisations.ts'
import { reportDuties } from './reports.ts'
import { scopeOf } from './scope.ts'

// Where the thing stands, seen from the actor's own organisation.
// A former body is one that lay below it and has moved away, or came to an end and left nothing there.
const relations = ['own', 'below', 'above', 'former', 'other'] as const
type Relation = (typeof relations)[number]

const own = 'own-organisation'
const place = (relation: Relation): string => (relation === 'own' ? own : `${relation}-organisation`)
const scopeFor = (role: Role) =>
  scopeOf({
    accountId: 'account',
    personId: null,
    name: 'Người thử',
    grants: [{ role, organisationId: own, organisationName: 'Đơn vị thử' }],
  })

type Verbs = Record<string, (role: Role, relation: Relation) => boolean>
const reaches = (role: Role, relation: Relation): boolean =>
  relation === 'own' ||
  (relation === 'below' &&
    ['supervisor', 'administrator', 'officer', 'approver', 'viewer', 'personnel'].includes(role))

function verbsOf<Facts>(
  verbs: Record<string, (scope: ReturnType<typeof scopeFor>, facts: Facts) => boolean>,
  facts: (role: Role, relation: Relation) => Facts,
): Verbs {
  return Object.fromEntries(
    Object.entries(verbs).map(([verb, may]) => [
      verb,
      (role: Role, relation: Relation) => may(scopeFor(role), facts(role, relation)),
    ]),
  )
}

const inArea = (role: Role, relation: Relation): boolean =>
  role === 'supervisor' && (relation === 'own' || relation === 'below')

const isKept = (role: Role, relation: Relation): boolean =>
  role === 'personnel' && (relation === 'own' || relation === 'below')

const nouns: Record<string, Verbs> = {
  'document of the office': verbsOf(documents, (_role, relation) => ({ officeId: place(relation) })),
  'plan of the office': verbsOf(plans, (_role, relation) => ({
    officeId: place(relation),
    reachesActor: false,
  })),
  'plan launched to the unit': verbsOf(plans, (role, relation) => ({
    officeId: 'issuing-office',
    reachesActor: relation === 'own' && !['personnel', 'administrator', 'guest'].includes(role),
  })),
  'assignment of the unit': verbsOf(assignments, (role, relation) => ({
    officeId: 'issuing-office',
    organisationId: place(relation),
    inArea: inArea(role, relation),
  })),
  'assignment from the office': verbsOf(assignments, (_role, relation) => ({
    officeId: place(relation),
    organisationId: 'answering-unit',
    inArea: false,
  })),
  'report owed by the unit': verbsOf(reportDuties, (role, relation) => ({
    officeId: 'issuing-office',
    organisationId: place(relation),
    inArea: inArea(role, relation),
  })),
  'paper of the office': verbsOf(papers, (_role, relation) => ({ officeId: place(relation) })),
  // In sight: within one's line, of which an officer, a supervisor and an administrator look down into what is below.
  'person in the organisation': verbsOf(people, (role, relation) => ({
    self: false,
    inSight: role !== 'guest' && (reaches(role, relation) || relation === 'above'),
    inCare: isKept(role, relation),
  })),
  'people of the organisation': verbsOf(personnel, (role, relation) => ({ inCare: isKept(role, relation) })),
  'list of the office': verbsOf(imports, (role, relation) => ({
    administers: role === 'administrator' && (relation === 'own' || relation === 'below'),
    keepsPeople: isKept(role, relation),
  })),
  'entry of the record': verbsOf(recordEntries, (role, relation) => ({
    officeId: place(relation),
    administered: role === 'administrator' && (relation === 'own' || relation === 'below'),
    isLook: false,
    subjectKind: 'organisation',
    inCare: false,
  })),
  'entry of the record about a plan': verbsOf(recordEntries, (role, relation) => ({
    officeId: place(relation),
    administered: role === 'administrator' && (relation === 'own' || relation === 'below'),
    isLook: false,
    subjectKind: 'plan',
    inCare: false,
  })),
  'entry of the record about a person': verbsOf(recordEntries, (role, relation) => ({
    officeId: place(relation),
    administered: role === 'administrator' && (relation === 'own' || relation === 'below'),
    isLook: false,
    subjectKind: 'person',
    inCare: role === 'personnel' && (relation === 'own' || relation === 'below'),
  })),
  'request for erasure': verbsOf(erasureRequests, (role, relation) => ({
    accountId: 'another-account',
    administered: role === 'administrator' && (relation === 'own' || relation === 'below'),
  })),
  'entry of looking at personal data': verbsOf({ view: recordEntries.view }, (role, relation) => ({
    officeId: place(relation),
    administered: role === 'administrator' && (relation === 'own' || relation === 'below'),
    isLook: true,
  })),
  'account kept in the organisation': verbsOf(accounts, (role, relation) => {
    const belowActor = role === 'administrator' && (relation === 'own' || relation === 'below')
    return { accountId: 'another account', belowActor, wholeBelowActor: belowActor }
  }),
  'account with rights elsewhere, too': verbsOf(accounts, (role, relation) => ({
    accountId: 'another account',
    belowActor: role === 'administrator' && (relation === 'own' || relation === 'below'),
    wholeBelowActor: false,
  })),
  "one's own account, as its administrator": verbsOf(accounts, (role, relation) => ({
    accountId: 'account',
    belowActor: role === 'administrator' && relation === 'own',
    wholeBelowActor: role === 'administrator' && relation === 'own',
  })),
  organisation: verbsOf(organisations, (role, relation) => ({
    belowActor:
      reaches(role, relation) && !['member', 'secretary', 'guest'].includes(role)
        ? true
        : relation === 'own' && role !== 'guest',
    aboveActor: role !== 'guest' && (relation === 'above' || relation === 'own'),
  })),
  'reorganisation of the area': verbsOf(reorganisations, (role, relation) => ({
    administered: role === 'administrator' && (relation === 'own' || relation === 'below'),
  })),
}

function drawTable(): string {
  const lines = [
    '# Who may do what',
    '',
    'Drawn from `app/src/server/access` by `access-table.test.ts`; a change of rights shows here as a changed row.',
    'Each cell names where the thing may stand, seen from the organisation of the right: its own, one below it,',
    'one above it, a former one (it lay below and has moved away, or has ended), any other. Empty: nowhere. A former',
    'body stands like any other: only the tree as of a past day still shows it. "Nobody" (no right at all) may do none of this.',
    'A right ends with its last day, whoever gave it; one that comes with a post ends with the post.',
    '',
  ]
  for (const [noun, verbs] of Object.entries(nouns)) {
    lines.push(`## ${noun}`, '', `| verb | ${roles.join(' | ')} |`, `| --- |${' --- |'.repeat(roles.length)}`)
    for (const [verb, may] of Object.entries(verbs)) {
      const cells = roles.map((role) => relations.filter((relation) => may(role, relation)).join(', '))
      lines.push(`| ${verb} | ${cells.join(' | ')} |`)
    }
    lines.push('')
  }
  return lines.join('\n')
}

it('matches docs/access-table.md', () => {
  const file = fileURLToPath(new URL('../../../../docs/access-table.md', import.meta.url))
  const drawn = drawTable()
  if (process.env['UPDATE_ACCESS_TABLE']) writeFileSync(file, drawn)
  expect(readFileSync(file, 'utf8')).toBe(drawn)
})

it('gives nothing to an actor without rights', () => {
  const nobody = scopeOf({ accountId: 'account', personId: null, name: 'Người lạ', grants: [] })
  for (const relation of relations) {
    expect(documents.view(nobody, { officeId: place(relation) })).toBe(false)
    expect(plans.view(nobody, { officeId: place(relation), reachesActor: false })).toBe(false)
    expect(
      assignments.view(nobody, { officeId: place(relation), organisationId: place(relation), inArea: false }),
    ).toBe(false)
    expect(papers.view(nobody, { officeId: place(relation) })).toBe(false)
  }
})
