import type { Secrecy } from '@trienkhai/plan-reader/secrecy-mark.ts'

/** How far the reading of a document has come. */
export interface Reading {
  state: 'waiting' | 'reading' | 'read' | 'refused'
  stage: 'pages' | 'ocr' | 'plan' | null
  page: number | null
  pages: number | null
  /** What `describeRefusal` of the reader knows, or `secret:<level>`. */
  refusal: string | null
}

export interface DocumentLine {
  id: string
  fileName: string
  kind: string | null
  number: string | null
  issuer: string | null
  issuedOn: string | null
  subject: string | null
  createdAt: Date
  reading: Reading
  planId: string | null
  planState: string | null
}

/** What became of one file that was brought in. */
export type IntakeOutcome =
  | { ok: true; documentId: string; fileName: string; known: boolean }
  | { ok: false; fileName: string; reason: IntakeRefusal; mostMegabytes?: number }

export type IntakeRefusal = 'empty' | 'too-large'

/** The refusal of a file that bears a mark of secrecy, as it is kept. */
export const secretPrefix = 'secret:'

export function secrecyOf(refusal: string | null): Secrecy | undefined {
  return refusal?.startsWith(secretPrefix) ? (refusal.slice(secretPrefix.length) as Secrecy) : undefined
}
