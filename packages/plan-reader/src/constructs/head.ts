import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import type { Entry } from '../lines/flow.ts'
import { type Line, sliceLine, type Words } from '../lines/line.ts'
import { readMarker } from '../outline/marker.ts'
import type { Paper } from '../outline/papers.ts'
import { type BasisRead, readBases } from './basis.ts'
import { readEnacting } from './enacting-sentence.ts'
import { readHeadBodies } from './head-bodies.ts'
import { readLetterSubject, readSubject } from './kind-and-subject.ts'
import { readNumberLine } from './number-and-sign.ts'
import { readPlaceAndDate } from './place-and-date.ts'

/** What the head, the bases and the enacting sentence of a paper say. */
export interface HeadRead {
  kind: Words | undefined
  kindName: string | undefined
  superior: Words | undefined
  issuer: Words | undefined
  issuerSure: number
  number: { text: string; words: Words } | undefined
  /** The number line, also where the number is blank. */
  numberLine: Words | undefined
  place: Words | undefined
  date: { value: CivilDate; words: Words } | undefined
  dateLine: Words | undefined
  dateImpossible: boolean
  subject: Words | undefined
  bases: BasisRead[]
  /** The text after the enacting sentence. */
  bodyAfterBases: Entry[]
}

/** Reads the head of a paper, in whatever order its lines come. */
export function readHead(paper: Paper): HeadRead {
  const out: HeadRead = {
    kind: paper.kindLine?.words,
    kindName: paper.kindLine?.kind,
    superior: undefined,
    issuer: undefined,
    issuerSure: 1,
    number: undefined,
    numberLine: undefined,
    place: undefined,
    date: undefined,
    dateLine: undefined,
    dateImpossible: false,
    subject: readSubject(paper.kindLine, paper.underKind),
    bases: [],
    bodyAfterBases: paper.body,
  }
  readNumberAndDate(paper.head, out)
  const kindAt = paper.kindLine ? paper.head.length - underKindLength(paper) : paper.head.length
  const bodies = readHeadBodies(paper.head, kindAt)
  out.issuer = bodies.issuer
  out.superior = bodies.superior
  if (!paper.kindLine) readLetter(paper, out)
  const text = readPreamble(paper.body)
  out.bases = text.bases
  out.bodyAfterBases = text.rest
  if (!out.issuer && text.issuer) {
    out.issuer = text.issuer
    out.issuerSure = 0.8
  }
  return out
}

function underKindLength(paper: Paper): number {
  const start = paper.kindLine?.words.spans[0]?.[0]
  const at = paper.head.findIndex((line) => line.pieces[0]?.start === start)
  return at < 0 ? 0 : paper.head.length - at
}

function readNumberAndDate(head: readonly Line[], out: HeadRead): void {
  for (const line of head) {
    const number = out.numberLine ? undefined : readNumberLine(line)
    if (number) {
      out.numberLine = number.words
      if (number.number) out.number = { text: number.number, words: number.words }
    }
    const placed = out.dateLine ? undefined : readPlaceAndDate(line)
    if (placed) {
      out.dateLine = placed.dateWords
      out.place = placed.place
      out.dateImpossible = placed.impossible
      if (placed.date) out.date = { value: placed.date, words: placed.dateWords }
    }
  }
}

/** An official letter has no kind line: its subject stands under the number, or it begins with "Kính gửi". */
function readLetter(paper: Paper, out: HeadRead): void {
  const at = paper.head.findIndex((line) => readLetterSubject(line) !== undefined)
  const line = paper.head[at]
  const addressed = paper.body
    .slice(0, 3)
    .some((entry) => entry.type === 'line' && /^kinh gui\b/.test(entry.line.key))
  if (!line && !addressed) return
  out.kindName = 'công văn'
  if (!line) return
  out.subject = readLetterSubject(line)
  const next = paper.head[at + 1]
  if (
    out.subject &&
    next &&
    next.column === line.column &&
    !readNumberLine(next) &&
    !readPlaceAndDate(next) &&
    /^\p{Ll}/u.test(next.text)
  )
    out.subject = { text: `${out.subject.text} ${next.text}`, spans: out.subject.spans }
}

interface Preamble {
  bases: BasisRead[]
  issuer: Words | undefined
  rest: Entry[]
}

/** The bases and the enacting sentence; what follows is the text. */
function readPreamble(body: readonly Entry[]): Preamble {
  const bases: BasisRead[] = []
  for (let at = 0; at < body.length; at++) {
    const entry = body[at]
    if (entry?.type !== 'line') return { bases, issuer: undefined, rest: body.slice(at) }
    const line = entry.line
    const marker = readMarker(line)
    if (marker && marker.kind !== 'bullet') return { bases, issuer: undefined, rest: body.slice(at) }
    if (/^(?:quyet dinh|quyet nghi)\s*:?$|^dieu 1\b/.test(line.key))
      return { bases, issuer: undefined, rest: body.slice(at) }
    const plain = marker ? sliceLine(line, marker.end) : line
    const enacting = readEnacting(plain)
    if (enacting) {
      if (enacting.start > 0) bases.push(...readBases(plain, enacting.start))
      return { bases, issuer: enacting.issuer, rest: body.slice(at + 1) }
    }
    bases.push(...readBases(plain))
    if (at > 40) break
  }
  return { bases, issuer: undefined, rest: bases.length > 0 ? body.slice(bases.length) : [...body] }
}
