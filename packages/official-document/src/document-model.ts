import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'

/**
 * One official document as what it says, not how it looks: the typesetters (DOCX now, PDF later) turn it into
 * paper by a layout profile. Text is printed as stored, `ủy` or `uỷ` alike; upper case, italics, numbers of
 * headings and punctuation between recipients come from the profile and the office's own options.
 */
export interface OfficialDocument {
  /** Which layout rules it follows; take it from `profileFor(system, date).id`. */
  readonly profile: ProfileId
  /** The direct superior, a line each (`Huyện ủy An Phú`); none for the highest body or where custom leaves it out. */
  readonly superior?: readonly string[]
  /** The issuing body, in one line or two (`Đảng bộ xã Tân Hòa` / `Ban Chấp hành`). At least one. */
  readonly issuer: readonly string[]
  readonly number: NumberAndSign
  /** Where it was signed: `Tân Hòa`. */
  readonly place: string
  /** The day of signing, or what is known of it while the day is still blank. */
  readonly date: CivilDate | BlankDate
  /** `Báo cáo`, `Kế hoạch` …; null for a công văn, whose subject stands under its number. */
  readonly kind: string | null
  /** Trích yếu: what it is about. `về việc` is part of the text, where the office writes it. */
  readonly subject: string
  /** `Khẩn`, `Thượng khẩn`, `Hoả tốc`. */
  readonly urgency?: string
  /** Printed as `Dự thảo lần 2`. */
  readonly draftRound?: number
  readonly addressees?: Addressees
  readonly body: readonly Block[]
  /** Recipients, without their hyphen and final mark: `Thường trực Huyện ủy (để báo cáo)`. */
  readonly recipients?: readonly string[]
  /** One; two for minutes: the clerk's first (left), then the chair's (right). None for a draft without. */
  readonly signatures: readonly [] | readonly [Signature] | readonly [Signature, Signature]
  readonly annexes?: readonly Annex[]
  /** Typist and number of copies under the recipients: `ABC-268`. */
  readonly typistMark?: string
  /** Address, telephone, mail of the office, at the foot of page 1. */
  readonly contactLine?: string
  readonly house?: HouseOptions
}

/** Hướng dẫn 36-HD/VPTW, Hướng dẫn 05-HD/VPTW (Party), Nghị định 30/2020/NĐ-CP (State). */
export type ProfileId = 'HD36' | 'HD05' | 'ND30'

/**
 * `{ value: '127', sign: 'QĐ/TW' }` → `Số 127-QĐ/TW`; `{ value: null, sign: 'BC/ĐU' }` → `Số       -BC/ĐU`.
 * One digit is padded. State: `{ value: '15', sign: 'QĐ-UBND' }` → `Số: 15/QĐ-UBND`.
 */
export interface NumberAndSign {
  readonly value: string | null
  readonly sign: string
}

/** `{ year: 2026 }` → `ngày     tháng     năm 2026`; `{ year: 2026, month: 11 }` → `ngày     tháng 11 năm 2026`. */
export interface BlankDate {
  readonly year: number
  /** 1–12 */
  readonly month?: number
}

/** `Kính gửi:` and to whom. `label` is written without its colon; `Kính gửi` where it is left out. */
export interface Addressees {
  readonly label?: string
  readonly names: readonly string[]
}

/** A line of text, or text in runs of different faces. */
export type Text = string | readonly Run[]

export interface Run {
  readonly text: string
  readonly bold?: boolean
  readonly italic?: boolean
  readonly underline?: boolean
}

export type Block = Paragraph | Bases | Division | Heading | Clause | Bullet | Table | PageBreak

export type Alignment = 'left' | 'centre' | 'right' | 'justify'

/** Running text. Line breaks inside make further paragraphs. */
export interface Paragraph {
  readonly kind: 'paragraph'
  readonly text: Text
  /** The profile's alignment (justified) where left out. */
  readonly align?: Alignment
  /** False for a paragraph without the first line's indent; centred and right-aligned ones never have it. */
  readonly indent?: boolean
  readonly keepWithNext?: boolean
}

/** Căn cứ: one a line, `;` between, the last ends as the office has it. Written without end marks. */
export interface Bases {
  readonly kind: 'bases'
  readonly items: readonly string[]
}

/** Phần, Chương, Mục and their name, centred: `{ label: 'Chương I', title: 'Quy định chung' }`. */
export interface Division {
  readonly kind: 'division'
  readonly label: string
  readonly title?: string
}

/** 1: `I-`, 2: `1-`, 3: `1.1-`, 4: `a)`; or `I.`, `1.`, `1.1.`, `a)`: the office's choice. */
export type Level = 1 | 2 | 3 | 4

/** A heading; its number is made by counting, and starts again under each heading of a higher level. */
export interface Heading {
  readonly kind: 'heading'
  readonly level: Level
  readonly text: Text
  readonly numbered?: boolean
}

/** A numbered paragraph of running text; it counts together with the headings of its level. */
export interface Clause {
  readonly kind: 'clause'
  readonly level: Level
  readonly text: Text
}

/** `- …` or `+ …` */
export interface Bullet {
  readonly kind: 'bullet'
  readonly mark: '-' | '+'
  readonly text: Text
}

/**
 * A table as wide as the text. Header rows stand again at the top of every page; no row breaks over a page.
 * The cells of a row, with the spans of the rows above, must fill the columns exactly (a RangeError otherwise).
 */
export interface Table {
  readonly kind: 'table'
  readonly columns: readonly TableColumn[]
  readonly header: readonly TableRow[]
  readonly rows: readonly TableRow[]
}

export interface TableColumn {
  /** Share of the table's width, in any unit: 1, 5, 2. */
  readonly width: number
  /** Of the cells below the header; left where left out. */
  readonly align?: Alignment
}

export interface TableRow {
  readonly cells: readonly (string | TableCell)[]
  /** For sums and group rows. */
  readonly bold?: boolean
}

export interface TableCell {
  readonly text: Text
  /** How many columns and rows it covers; 1 where left out. */
  readonly columnSpan?: number
  readonly rowSpan?: number
  readonly align?: Alignment
}

export interface PageBreak {
  readonly kind: 'page-break'
}

/** The block under the text: `T/M BAN THƯỜNG VỤ`, `BÍ THƯ`, room for the signature, the name. */
export interface Signature {
  /** `T/M Ban Thường vụ`; none where the signatory signs in their own name. */
  readonly authority?: string
  /** `Bí thư`; two lines where it is long. May be empty (a clerk's `Thư ký` is the authority line then). */
  readonly position: readonly string[]
  /** Without titles; empty while nobody is named. */
  readonly name: string
}

/** An annex on its own page or pages. */
export interface Annex {
  /** `Phụ lục 1` */
  readonly label: string
  readonly title: string
  /** `kèm theo Báo cáo số 12-BC/ĐU ngày 09/4/2026`, printed in brackets. */
  readonly note?: string
  readonly orientation?: 'portrait' | 'landscape'
  readonly body: readonly Block[]
}

/** What the rules leave to the office. What is left out is the profile's own preference. */
export interface HouseOptions {
  /** Points, each inside the profile's range for that part. */
  readonly bodySizePt?: number
  readonly kindSizePt?: number
  readonly subjectSizePt?: number
  /** 11–14. */
  readonly tableSizePt?: number
  /** The height of a line: in points for the Party's profiles (18), in single lines for the State's (1.15). */
  readonly line?: number
  /** The gap after a paragraph, in points. */
  readonly paragraphGapPt?: number
  /** `I-`, `1-`, `1.1-` or `I.`, `1.`, `1.1.` */
  readonly headingNumbers?: 'dash' | 'dot'
  /** Between recipients and between addressees. */
  readonly recipientSeparator?: ',' | ';'
  /** What ends the last basis. */
  readonly lastBasisMark?: ';' | ',' | '.'
  /** Blank lines for the hand that signs, 2–6. */
  readonly signatureLines?: number
  /** Whether the pages of an annex are counted on or from 1. */
  readonly annexPageNumbers?: 'continue' | 'restart'
}
