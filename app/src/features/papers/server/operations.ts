import { isDeepStrictEqual } from 'node:util'
import { type CivilDate, parseIsoDate } from '@trienkhai/vietnamese/civil-date.ts'
import { papers } from '#server/access/papers.ts'
import { requireMay } from '#server/access/require.ts'
import { asCommand } from '#server/command.ts'
import type { Context } from '#server/context.ts'
import { NotFound } from '#server/platform/errors.ts'
import { newId } from '#server/platform/ids.ts'
import { record } from '#server/record.ts'
import { draftReminder } from '../draft-reminder.ts'
import { draftReport } from '../draft-report.ts'
import { type Refreshed, refreshFigures } from '../refresh-figures.ts'
import {
  type CreateOutcome,
  mostCharacters,
  type PaperContent,
  type PaperHead,
  type PaperKind,
  type PaperSection,
  type SaveOutcome,
} from '../schema.ts'
import { linesFrom, textOf } from '../written-words.ts'
import { getPlanFigures } from './figures.ts'
import { getPlanForPaper } from './reads.ts'
import { deletePaper, type HeldPaper, holdDraft, holdPaper, insertPaper, updatePaper } from './writes.ts'

export interface PaperWanted {
  commandId: string
  planId: string
  kind: PaperKind
  /** For a reminder letter: the day by which units are asked to finish. */
  finishBy: string | null
}

/** Drafts a paper of a launched plan from what has happened so far. Sent twice, it is one paper. */
export async function createPaper(context: Context, wanted: PaperWanted): Promise<CreateOutcome> {
  const { scope, today } = context
  return asCommand(context, wanted.commandId, 'paper.create', async (tx): Promise<CreateOutcome> => {
    const plan = await getPlanForPaper(tx, scope, wanted.planId, today)
    requireMay(papers.write(scope, { officeId: plan.officeId }))
    if (plan.state !== 'launched' && plan.state !== 'closed') return { ok: false, reason: 'not-launched' }
    const figures = await getPlanFigures(tx, scope, plan.id, today)
    let content: PaperContent
    if (wanted.kind === 'reminder') {
      if (plan.state === 'closed') return { ok: false, reason: 'plan-closed' }
      if (figures.lateWork.length === 0) return { ok: false, reason: 'nobody-late' }
      const finishBy = wanted.finishBy ? parseIsoDate(wanted.finishBy) : undefined
      if (!finishBy || finishBy < today) return { ok: false, reason: 'day-passed' }
      content = draftReminder(plan.office, plan, figures, finishBy)
    } else content = draftReport(plan.office, plan, figures)
    const paperId = newId()
    await insertPaper(tx, scope, {
      id: paperId,
      officeId: plan.officeId,
      planId: plan.id,
      kind: wanted.kind,
      content,
      figuresOn: today,
      at: context.now,
    })
    await record(tx, context, {
      operation: 'paper.create',
      subjectKind: 'paper',
      subjectId: paperId,
      officeId: plan.officeId,
      after: { kind: wanted.kind, planId: plan.id },
    })
    return { ok: true, paperId }
  })
}

interface Change {
  operation: string
  content: PaperContent
  figuresOn?: CivilDate
  before?: unknown
  after?: unknown
}

async function keepChange(
  tx: Parameters<Parameters<Context['inTransaction']>[0]>[0],
  context: Context,
  paper: HeldPaper,
  change: Change,
): Promise<number> {
  const version = paper.version + 1
  await updatePaper(tx, context.scope, {
    id: paper.id,
    content: change.content,
    figuresOn: change.figuresOn ?? paper.figuresOn,
    version,
    at: context.now,
  })
  await record(tx, context, {
    operation: change.operation,
    subjectKind: 'paper',
    subjectId: paper.id,
    officeId: paper.officeId,
    before: change.before,
    after: change.after,
  })
  return version
}

export interface SectionTyped {
  sectionId: string
  /** The section's version that was typed over. */
  version: number
  /** Null where the section has no heading. */
  heading: string | null
  text: string
  /** Saved by itself while somebody types, as against by hand. */
  typing: boolean
}

/**
 * Keeps the words of one section. Typed over an older version than there is, it is refused: the other's words stay
 * and are shown. The same words again change nothing, so a form that is sent twice does no harm.
 */
export async function saveSection(
  context: Context,
  paperId: string,
  typed: SectionTyped,
): Promise<SaveOutcome> {
  if (typed.text.length > mostCharacters || (typed.heading ?? '').length > mostCharacters / 20)
    return { ok: false, reason: 'too-long' }
  return context.inTransaction(async (tx): Promise<SaveOutcome> => {
    const paper = await holdPaper(tx, context.scope, paperId)
    requireMay(papers.write(context.scope, paper))
    if (paper.issuedAt) return { ok: false, reason: 'issued' }
    const section = sectionOf(paper.content, typed.sectionId)
    const heading = section.heading === null ? null : typed.heading?.trim() || section.heading
    const lines = linesFrom(typed.text, section.base ?? section.lines)
    const isSame = textOf(lines) === textOf(section.lines) && heading === section.heading
    if (isSame && (typed.typing || section.base === null))
      return { ok: true, version: paper.version, sectionVersion: section.version }
    if (!isSame && section.version !== typed.version) return { ok: false, reason: 'changed-meanwhile' }
    const base = typed.typing ? (section.base ?? section.lines) : null
    const changed: PaperSection = { ...section, heading, lines, base, version: paper.version + 1 }
    const version = await keepChange(tx, context, paper, {
      operation: 'paper.write',
      content: withSection(paper.content, changed),
      // Of what is saved every second only the fact goes on record; the words do when they are saved by hand.
      ...(typed.typing
        ? {}
        : { before: { section: section.id, text: textOf(section.base ?? section.lines) } }),
      after: { section: section.id, ...(typed.typing ? {} : { text: textOf(lines) }) },
    })
    return { ok: true, version, sectionVersion: version }
  })
}

function sectionOf({ sections }: PaperContent, id: string): PaperSection {
  const section = sections.find((each) => each.id === id)
  if (!section) throw new NotFound('section')
  return section
}

const withSection = (content: PaperContent, changed: PaperSection): PaperContent => ({
  ...content,
  sections: content.sections.map((section) => (section.id === changed.id ? changed : section)),
})

/** Leaves a section out of the paper, or takes it in again with all that it held. */
export async function omitSection(
  context: Context,
  paperId: string,
  { sectionId, omitted }: { sectionId: string; omitted: boolean },
): Promise<void> {
  await context.inTransaction(async (tx) => {
    const paper = await holdDraft(tx, context.scope, paperId)
    requireMay(papers.write(context.scope, paper))
    const section = sectionOf(paper.content, sectionId)
    if (section.omitted === omitted) return
    await keepChange(tx, context, paper, {
      operation: omitted ? 'paper.omit-section' : 'paper.restore-section',
      content: withSection(paper.content, { ...section, omitted, version: paper.version + 1 }),
      after: { section: section.id },
    })
  })
}

/** Adds an empty section behind another; answers its id. Sent twice, it is one section. */
export async function addSection(
  context: Context,
  paperId: string,
  wanted: { commandId: string; afterId: string; heading: string },
): Promise<{ ok: true; sectionId: string }> {
  return asCommand(context, wanted.commandId, 'paper.add-section', async (tx) => {
    const paper = await holdDraft(tx, context.scope, paperId)
    requireMay(papers.write(context.scope, paper))
    const before = sectionOf(paper.content, wanted.afterId)
    const added: PaperSection = {
      id: `section-${paper.content.nextId}`,
      version: paper.version + 1,
      level: before.heading === null ? 1 : before.level,
      heading: wanted.heading,
      lines: [],
      base: null,
      table: null,
      prompt: null,
      omitted: false,
    }
    await keepChange(tx, context, paper, {
      operation: 'paper.add-section',
      content: {
        ...paper.content,
        nextId: paper.content.nextId + 1,
        sections: paper.content.sections.flatMap((section) =>
          section.id === before.id ? [section, added] : [section],
        ),
      },
      after: { section: added.id },
    })
    return { ok: true as const, sectionId: added.id }
  })
}

/** What the officer may change round the words: the head, to whom, who signs. */
export interface FrameTyped {
  version: number
  superior: string[]
  issuer: string[]
  sign: string
  place: string
  subject: string
  addressees: string[]
  recipients: string[]
  signature: PaperContent['signature']
}

/** Keeps head, addressees, recipients and signature as typed; refused where somebody changed the paper meanwhile. */
export async function saveFrame(
  context: Context,
  paperId: string,
  typed: FrameTyped,
): Promise<
  { ok: true; version: number } | { ok: false; reason: 'changed-meanwhile' | 'issuer-missing' | 'issued' }
> {
  return context.inTransaction(async (tx) => {
    const paper = await holdPaper(tx, context.scope, paperId)
    requireMay(papers.write(context.scope, paper))
    if (paper.issuedAt) return { ok: false, reason: 'issued' } as const
    if (typed.issuer.length === 0) return { ok: false, reason: 'issuer-missing' } as const
    const { head, recipients, signature } = paper.content
    const { addressees, recipients: typedRecipients, signature: typedSignature, version: _, ...rest } = typed
    const isDrafted = head.addressees.drafted && same(addressees, head.addressees.names)
    const changedHead: PaperHead = {
      ...head,
      ...rest,
      subject: rest.subject || head.subject,
      addressees: { names: addressees, drafted: isDrafted },
    }
    const before = { head, recipients, signature }
    const after = { head: changedHead, recipients: typedRecipients, signature: typedSignature }
    if (same(before, after)) return { ok: true, version: paper.version } as const
    if (paper.version !== typed.version) return { ok: false, reason: 'changed-meanwhile' } as const
    const version = await keepChange(tx, context, paper, {
      operation: 'paper.frame',
      content: { ...paper.content, ...after },
      before,
      after,
    })
    return { ok: true, version } as const
  })
}

// What comes out of the database has its keys in another order.
const same = isDeepStrictEqual

/** Counts the figures again as things stand today; answers what became another. */
export async function refreshPaper(
  context: Context,
  paperId: string,
): Promise<Pick<Refreshed, 'changes' | 'tables'>> {
  return context.inTransaction(async (tx) => {
    const { scope, today } = context
    const paper = await holdDraft(tx, scope, paperId)
    requireMay(papers.write(scope, paper))
    const figures = await getPlanFigures(tx, scope, paper.planId, today)
    const { content, changes, tables } = refreshFigures(paper.content, figures, paper.version + 1)
    if (paper.figuresOn !== today || !same(content, paper.content))
      await keepChange(tx, context, paper, {
        operation: 'paper.refresh',
        content,
        figuresOn: today,
        before: { figuresOn: paper.figuresOn },
        after: { figuresOn: today, changes },
      })
    return { changes, tables }
  })
}

/** Throws a draft away. What it was made of stays where it is; what went out stays too. */
export async function discardPaper(context: Context, paperId: string): Promise<void> {
  await context.inTransaction(async (tx) => {
    const paper = await holdDraft(tx, context.scope, paperId)
    requireMay(papers.write(context.scope, paper))
    await deletePaper(tx, context.scope, paperId)
    await record(tx, context, {
      operation: 'paper.discard',
      subjectKind: 'paper',
      subjectId: paperId,
      officeId: paper.officeId,
      before: paper.content,
    })
  })
}
