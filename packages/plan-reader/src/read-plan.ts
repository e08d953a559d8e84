import { partsOf } from '@trienkhai/vietnamese/civil-date.ts'
import { findDocumentNumbers } from '@trienkhai/vietnamese/document-number.ts'
import { readAbbreviations } from './constructs/abbreviations.ts'
import { readAnnexes } from './constructs/annexes.ts'
import { type HeadRead, readHead } from './constructs/head.ts'
import { isPlanKind } from './constructs/kind-and-subject.ts'
import { readRecipients } from './constructs/recipients.ts'
import { readSignature } from './constructs/signature.ts'
import { findFindings } from './findings/findings.ts'
import { type Entry, makeFlow } from './lines/flow.ts'
import type { Line } from './lines/line.ts'
import { spansOf } from './lines/line.ts'
import { descendants, makeOutline } from './outline/outline.ts'
import { cutPapers, type Paper } from './outline/papers.ts'
import type { Plan } from './plan.ts'
import { emptyPlan, Places } from './plan-assembly.ts'
import { readBody } from './read-body.ts'
import { isGuessed } from './scan-sureness.ts'
import type { SourceDocument } from './source-document.ts'

/**
 * Reads a document into a plan with findings. Pure, and total: whatever the text is, a plan comes back, with
 * nulls for what isn't there and findings for what a person should look at.
 */
export function readPlan(source: SourceDocument): Plan {
  const flow = makeFlow(source)
  const papers = cutPapers(flow)
  const main = papers.at(-1)
  const plan = emptyPlan()
  const places = new Places()
  if (main) {
    const front = papers.length > 1 ? papers[0] : undefined
    const heads = { own: readHead(main), front: front && readHead(front) }
    // A number in ink that the OCR only guessed is left for a person to read.
    for (const head of [heads.own, heads.front])
      if (head?.number && isGuessed(source, head.number.words)) head.number = undefined
    writeHead(plan, places, heads.own, heads.front)
    writeFoot(plan, places, source, main, front)
    plan.citations = citationsOf(flow, plan.number, places)
    const lines = flowLines(flow)
    plan.abbreviations = readAbbreviations(lines).map((read, at) => {
      places.found[`/abbreviations/${at}`] = { spans: read.spans, sure: 0.9 }
      return { short: read.short, full: read.full }
    })
    const root = makeOutline(heads.own.bodyAfterBases)
    const nodes = descendants(root)
    plan.isPlan =
      isPlanKind(plan.kind) ||
      (plan.kind === null &&
        nodes.some((node) => node.title && /to chuc thuc hien/.test(node.line?.key ?? '')))
    if (plan.isPlan) {
      readBody({
        plan,
        places,
        root,
        nodes,
        after: main.after,
        year: yearOf(plan, heads.own.dateLine?.text ?? heads.front?.dateLine?.text),
      })
      const bodyLines = main.body.flatMap((entry) => (entry.type === 'line' ? [entry.line] : []))
      plan.annexes = readAnnexes(main.after, bodyLines).map((annex, at) => ({
        name: places.put(`/annexes/${at}/name`, annex.name, annex.present ? 1 : 0.8),
        title: places.putOptional(`/annexes/${at}/title`, annex.title, 0.9),
        present: annex.present,
      }))
    }
    plan.found = places.found
    plan.findings = findFindings({
      plan,
      places,
      source,
      lines,
      nodes,
      head: heads.own,
      headFront: heads.front,
    })
  }
  plan.found = places.found
  return plan
}

function writeHead(plan: Plan, places: Places, own: HeadRead, front: HeadRead | undefined): void {
  const of = <K extends keyof HeadRead>(key: K): HeadRead[K] => own[key] ?? (front ? front[key] : own[key])
  plan.kind = places.putOptional('/kind', own.kind)
  if (plan.kind) plan.kind = plan.kind.toLowerCase().replace(/[*_:.]+$/u, '')
  if (own.kindName) plan.kind = own.kindName
  plan.issuer = places.putOptional('/issuer', of('issuer'), own.issuerSure)
  plan.superior = places.putOptional('/superior', own.issuer ? own.superior : of('superior'))
  const number = of('number')
  if (number) {
    places.put('/number', number.words, own.number ? 1 : 0.7)
    plan.number = number.text
  }
  plan.place = places.putOptional('/place', of('place'), own.place ? 1 : 0.7)
  const date = of('date')
  if (date) {
    places.put('/date', date.words, own.date ? 1 : 0.7)
    plan.date = date.value
  }
  plan.subject = places.putOptional('/subject', of('subject'))
  if (front?.kindName)
    plan.promulgatedBy = {
      kind: front.kindName,
      issuer: places.putOptional('/promulgatedBy/issuer', front.issuer),
      number: front.number?.text ?? null,
      place: places.putOptional('/promulgatedBy/place', front.place),
      date: front.date?.value ?? null,
      subject: places.putOptional('/promulgatedBy/subject', front.subject),
    }
  const all = [...(front?.bases ?? []), ...own.bases]
  // The plan often repeats a basis of the decision that promulgates it.
  const bases = all.filter(
    (basis, at) =>
      basis.numberText === null ||
      all.findIndex((other) => other.numberText === basis.numberText && other.date === basis.date) === at,
  )
  plan.bases = bases.map((basis, at) => {
    places.put(`/bases/${at}`, basis.words)
    if (basis.number) places.put(`/bases/${at}/number`, basis.number)
    if (basis.dateWords) places.put(`/bases/${at}/date`, basis.dateWords)
    return {
      text: places.put(`/bases/${at}/text`, basis.words),
      number: basis.numberText,
      date: basis.date,
      issuer: places.putOptional(`/bases/${at}/issuer`, basis.issuer, 0.9),
    }
  })
}

function writeFoot(
  plan: Plan,
  places: Places,
  source: SourceDocument,
  main: Paper,
  front: Paper | undefined,
): void {
  const papers = front ? [main, front] : [main]
  const recipients = papers.map((paper) => readRecipients(paper.foot)).find((read) => read.length > 0) ?? []
  plan.recipients = recipients.map((recipient, at) => ({
    name: places.put(`/recipients/${at}/name`, recipient.name),
    note: places.putOptional(`/recipients/${at}/note`, recipient.note),
  }))
  const signature = papers
    .map((paper) => readSignature(paper.foot))
    .find((read) => read.name ?? read.authority ?? read.position)
  const name = signature?.name && isGuessed(source, signature.name) ? undefined : signature?.name
  plan.signatory = {
    authority: places.putOptional('/signatory/authority', signature?.authority),
    position: places.putOptional('/signatory/position', signature?.position),
    name: places.putOptional('/signatory/name', name, signature?.authority ? 1 : 0.8),
  }
}

function flowLines(flow: readonly Entry[]): Line[] {
  return flow.flatMap((entry) =>
    entry.type === 'line'
      ? [entry.line]
      : entry.table.rows.flat().flatMap((cell) => (cell.line && !cell.continued ? [cell.line] : [])),
  )
}

/** Every document number of the file, once each, the plan's own not counted. */
function citationsOf(flow: readonly Entry[], own: string | null, places: Places): string[] {
  const seen: string[] = []
  // A subject in capitals prints "19/CT-TTG" for the 19/CT-TTg of the text.
  const known = new Set<string>(own === null ? [] : [own.toLowerCase()])
  for (const line of flowLines(flow)) {
    if (!/\d/.test(line.text) || !/[/:]/.test(line.text)) continue
    for (const found of findDocumentNumbers(line.text)) {
      if (known.has(found.number.toLowerCase())) continue
      known.add(found.number.toLowerCase())
      places.found[`/citations/${seen.length}`] = { spans: spansOf(line, found.start, found.end), sure: 1 }
      seen.push(found.number)
    }
  }
  return seen
}

/** The year that days without one fall in: the one the subject speaks of, else the plan's own. */
function yearOf(plan: Plan, dateLine: string | undefined): number | undefined {
  const subject = (plan.subject ?? '').toLowerCase()
  const named =
    /năm\s+((?:19|20)\d\d)(?!\s*[-–])/u.exec(subject) ?? /(?:\/|-)((?:19|20)\d\d)\b/u.exec(subject)
  // A blank day leaves the year standing: "ngày … tháng 9 năm 2026".
  const blank = /năm\s*((?:19|20)\d\d)/iu.exec(dateLine ?? '')?.[1]
  const own = plan.date ? partsOf(plan.date).year : blank ? Number(blank) : undefined
  const year = named?.[1] ? Number(named[1]) : undefined
  if (year !== undefined && own !== undefined && Math.abs(year - own) > 1) return own
  return year ?? own
}
