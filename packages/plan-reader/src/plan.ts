import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import type { Span } from './source-document.ts'

/** What a reader finds in a document. Strings are as printed, on one line; absent is null or empty. */
export interface Plan {
  /** The type of document as printed, in lower case: `kế hoạch`, `hướng dẫn`, `công văn` … */
  kind: string | null
  /** The body above the issuer, from the head. */
  superior: string | null
  issuer: string | null
  /** `21-KH/ĐU`, `27/CT-TTg`: no spaces, case kept. Null where it is blank or unreadable. */
  number: string | null
  place: string | null
  date: CivilDate | null
  /** The trích yếu, on one line. */
  subject: string | null
  /** Whether there is a plan in it; when not, only the head, bases, recipients and signatory are read. */
  isPlan: boolean
  /** A decision that promulgates the plan, or another paper in front of it in the same file. */
  promulgatedBy: PromulgatingPaper | null
  bases: Basis[]
  /** Every document number named anywhere, once each, the plan's own not counted. */
  citations: string[]
  sections: Section[]
  purposes: string[]
  requirements: string[]
  events: PlanEvent[]
  materials: string[]
  targets: Target[]
  tasks: Task[]
  reports: ReportDuty[]
  annexes: Annex[]
  recipients: Recipient[]
  signatory: Signatory
  /** Short forms that the text defines: "sau đây viết tắt là …". */
  abbreviations: Abbreviation[]
  findings: Finding[]
  /** Where each value was found and how sure that is, by JSON pointer: `/number`, `/tasks/3/lead/0`. */
  found: Record<string, Found>
}

export interface Found {
  /** In reading order; more than one where words were joined over a page or a table. */
  spans: Span[]
  /** 0–1: 1 said outright in its usual place; under 0.6 a person should look. */
  sure: number
}

export interface PromulgatingPaper {
  kind: string
  issuer: string | null
  number: string | null
  place: string | null
  date: CivilDate | null
  subject: string | null
}

export interface Basis {
  text: string
  number: string | null
  date: CivilDate | null
  issuer: string | null
}

export interface Section {
  /** The markers from the top: `III.2.1`. */
  path: string
  title: string
}

export interface PlanEvent {
  title: string
  /** `2023-03-24T13:30`, or a day alone where no hour is said. */
  start: string
  end: string | null
  place: string | null
  programme: AgendaItem[]
  participants: string[]
}

export interface AgendaItem {
  title: string
  by: string | null
  minutes: number | null
}

/** A number to reach: "100% chi bộ", "300 đầu sách", by year where the text says so. */
export interface Target {
  text: string
  value: number
  unit: string
  year: number | null
}

export interface Task {
  text: string
  /** Phrases for the bodies that lead, as printed: `các chi bộ`. */
  lead: string[]
  with: string[]
  /** The last day, where one follows from the words. */
  due: CivilDate | null
  /** The words about time, kept as a rule. */
  deadline: DeadlineRule | null
  /** Sản phẩm: what has to come out of it. */
  product: string | null
  /** "khi …", "nếu …": when it is owed at all. */
  condition: string | null
  /** The section that it stands in: `III.2`. */
  section: string | null
}

export interface ReportDuty {
  text: string
  from: string[]
  to: string[]
  due: CivilDate | null
  deadline: DeadlineRule | null
}

/**
 * The words about time, and what follows from them. `day` is the last day of a single deadline; a recurring
 * one has none here: its days follow from the rule when the plan is launched.
 */
export interface DeadlineRule {
  /** As printed: `trước ngày 15/11/2024`, `hằng tháng`, `trong quý I`. */
  words: string
  kind: 'day' | 'period' | 'recurring' | 'relative' | 'anniversary' | 'continuous' | 'unclear'
  day: CivilDate | null
  /** "trước ngày": whether the day itself counts is the office's setting. */
  before: boolean
  /** For `recurring`: how often; with `onDay` the day of the month, or `onWeekday` 1 (Monday) – 7. */
  every: 'week' | 'month' | 'quarter' | 'half-year' | 'year' | null
  onDay: number | null
  onWeekday: number | null
  /** `16:00` where the words name an hour. */
  hour: string | null
  /** For `relative`: "chậm nhất 5 ngày sau hội nghị" → { event: "hội nghị", days: 5 }; negative is before. */
  after: { event: string; days: number | null } | null
}

export interface Annex {
  /** `Phụ lục I`, or the words that name it. */
  name: string
  title: string | null
  /** Whether it is in the file, or only spoken of. */
  present: boolean
}

export interface Recipient {
  name: string
  /** `báo cáo`, `b/c`, `để báo cáo` …, as printed, or null. */
  note: string | null
}

export interface Signatory {
  /** `T/M BAN THƯỜNG VỤ` */
  authority: string | null
  /** `BÍ THƯ` */
  position: string | null
  name: string | null
}

export interface Abbreviation {
  short: string
  full: string
}

export type FindingRule =
  | 'weekday-mismatch'
  | 'date-before-plan'
  | 'impossible-date'
  | 'task-without-lead'
  | 'task-without-deadline'
  | 'unit-not-in-recipients'
  | 'basis-without-number-or-date'
  | 'repeated-words'
  | 'annex-missing'
  | 'agenda-exceeds-slot'
  | 'number-missing'
  | 'date-missing'
  | 'numbering-broken'
  | 'no-plan-inside'
  | 'unreadable-part'

/** Something a person should look at. Never an exception: a text may be as bad as it likes. */
export interface Finding {
  rule: FindingRule
  severity: 'error' | 'warning' | 'info'
  /** What it is about, as a JSON pointer into the plan: `/tasks/2`, or `` for the whole. */
  at: string
  spans: Span[]
  /** One bold phrase, then one sentence. */
  title: Bilingual
  message: Bilingual
  /** What would put it right; `set` changes a value of the plan when chosen. */
  mends: Mend[]
}

export interface Mend {
  label: Bilingual
  /** JSON pointer and the new value; null where the mend is to do something outside the plan. */
  set: { at: string; value: unknown } | null
}

export interface Bilingual {
  vi: string
  en: string
}
