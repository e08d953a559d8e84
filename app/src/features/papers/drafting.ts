import { type FigureKey, type PlanFigures, printFigure } from './figures.ts'
import type { PaperLine, PaperPart, PaperSection } from './schema.ts'

/** What a draft is made of: lines with figures, and sections in order. */

/** A figure in a draft: its key in braces, as in `hoàn thành {work-done} phần việc`. */
const slot = /\{([a-z-]+)\}/gu

/** `Có {work-done}/{work-total} phần việc.` as a line, its figures as they stand. */
export function draftLine(words: string, figures: PlanFigures, { bullet = false } = {}): PaperLine {
  const parts: PaperPart[] = []
  let at = 0
  for (const match of words.matchAll(slot)) {
    if (match.index > at) parts.push({ text: words.slice(at, match.index) })
    const key = match[1] as FigureKey
    const value = printFigure(key, figures)
    parts.push({ figure: key, value, counted: value })
    at = match.index + match[0].length
  }
  if (at < words.length) parts.push({ text: words.slice(at) })
  return { bullet, parts }
}

export type SectionDraft = Pick<PaperSection, 'heading'> & Partial<PaperSection>

/** Sections with ids of their own, at the paper's first version. */
export function numberSections(drafts: readonly SectionDraft[]): PaperSection[] {
  return drafts.map((draft, at) => ({
    level: 1,
    lines: [],
    base: null,
    table: null,
    prompt: null,
    omitted: false,
    ...draft,
    id: `section-${at + 1}`,
    version: 0,
  }))
}

/** A plan as papers name it. */
export interface CitedPlan {
  number: string | null
  issuedOn: string | null
  subject: string
  launchedOn: string | null
}

/** An office as its papers name it. */
export interface PaperOffice {
  name: string
  kind: string
  hierarchy: 'party' | 'government' | 'front'
  abbreviation: string | null
  /** The bodies above it, the nearest first. */
  above: { name: string; kind: string }[]
  /** Who leads it today, the first first. */
  leaders: { name: string; title: string }[]
}
