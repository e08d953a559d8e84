import type { Words } from './lines/line.ts'
import type { Found, Plan } from './plan.ts'
import type { Span } from './source-document.ts'

/** An empty plan, to be filled. */
export function emptyPlan(): Plan {
  return {
    kind: null,
    superior: null,
    issuer: null,
    number: null,
    place: null,
    date: null,
    subject: null,
    isPlan: false,
    promulgatedBy: null,
    bases: [],
    citations: [],
    sections: [],
    purposes: [],
    requirements: [],
    events: [],
    materials: [],
    targets: [],
    tasks: [],
    reports: [],
    annexes: [],
    recipients: [],
    signatory: { authority: null, position: null, name: null },
    abbreviations: [],
    findings: [],
    found: {},
  }
}

/** Remembers where each value of a plan was found. */
export class Places {
  readonly found: Record<string, Found> = {}

  /** Notes where the value at a pointer stands; returns its words. */
  put(at: string, words: Words, sure = 1): string {
    this.found[at] = { spans: words.spans, sure }
    return words.text
  }

  /** The same for a value that may be absent. */
  putOptional(at: string, words: Words | undefined, sure = 1): string | null {
    return words && words.text !== '' ? this.put(at, words, sure) : null
  }

  /** The same for a list: `/tasks/3/lead` gives `/tasks/3/lead/0` and so on. */
  putAll(at: string, all: readonly Words[], sure = 1): string[] {
    return all.map((words, index) => this.put(`${at}/${index}`, words, sure))
  }

  spansAt(at: string): Span[] {
    return this.found[at]?.spans ?? []
  }
}
