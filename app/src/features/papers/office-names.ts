import type { PaperOffice } from './drafting.ts'
import type { PaperContent, PaperHead, PaperKind } from './schema.ts'

/** Bodies led by a committee whose standing part (ban thường vụ) signs for it. */
const committees = new Set([
  'province-committee',
  'commune-committee',
  'agency-committee',
  'grassroots-committee',
])

/**
 * The body in whose name a paper speaks: a committee by its ban thường vụ, any other body by itself.
 * `Ban Thường vụ Đảng ủy xã Tân Hòa`, `Chi bộ thôn 3`.
 */
export function speakerOf({ kind, name }: Pick<PaperOffice, 'kind' | 'name'>): string {
  return committees.has(kind) ? `Ban Thường vụ ${name.replace(/^Đảng bộ/u, 'Đảng ủy')}` : name
}

/** `Đảng ủy`, `Tỉnh ủy`, `Chi bộ`: how a paper names its own office once it was named in full. */
export function shortNameOf({ kind, name }: Pick<PaperOffice, 'kind' | 'name'>): string {
  const [lead] = /^(?:Đảng ủy|Tỉnh ủy|Thành ủy|Chi bộ|Đảng bộ|Ủy ban nhân dân)(?=\s|$)/u.exec(name) ?? []
  if (lead === 'Đảng bộ' && committees.has(kind)) return 'Đảng ủy'
  return lead ?? name
}

/** A committee's name as the body that it leads: `Tỉnh ủy Phú Thọ` → `Đảng bộ tỉnh Phú Thọ`. */
function partyBodyOf(committee: string): string {
  return committee
    .replace(/^Tỉnh [uủ][ỷy]\s+/u, 'Đảng bộ tỉnh ')
    .replace(/^Thành [uủ][ỷy]\s+/u, 'Đảng bộ thành phố ')
    .replace(/^Đảng [uủ][ỷy]\s+/u, 'Đảng bộ ')
}

const unitWords = /^(?:xã|phường|thị trấn|đặc khu|tỉnh|thành phố)\s+/iu

/** Where a body signs: the proper name of the commune or province that it, or the nearest body above, is named by. */
function placeOf({ name, above }: PaperOffice): string {
  for (const each of [name, ...above.map((body) => body.name)]) {
    const [, after] =
      /(?:xã|phường|thị trấn|đặc khu|tỉnh|thành phố|Tỉnh [uủ][ỷy]|Thành [uủ][ỷy])\s+(\p{Lu}.*)$/u.exec(
        each,
      ) ?? []
    if (after) return after.replace(unitWords, '')
  }
  return ''
}

const signOfKind: Record<string, string> = {
  'province-committee': 'TU',
  'commune-committee': 'ĐU',
  'agency-committee': 'ĐU',
  'grassroots-committee': 'ĐU',
  cell: 'CB',
}

function signOf(office: PaperOffice, kind: PaperKind): string {
  const body = signOfKind[office.kind] ?? office.abbreviation ?? ''
  const paper = kind === 'report' ? 'BC' : 'CV'
  // A State letter has no kind in its number: `125/UBND`.
  if (office.hierarchy === 'government') return kind === 'report' ? `BC-${body}` : body
  return `${paper}/${body}`
}

/** The head of a paper as the office's place among the others would have it; the officer may change all of it. */
export function headOf(office: PaperOffice, kind: PaperKind, subject: string): PaperHead {
  const [parent] = office.above
  const isTop = office.kind === 'province-committee'
  const isParty = office.hierarchy === 'party'
  return {
    system: office.hierarchy === 'government' ? 'state' : 'party',
    superior: parent && !isTop ? [isParty ? partyBodyOf(parent.name) : parent.name] : [],
    issuer: [office.name],
    sign: signOf(office, kind),
    place: placeOf(office),
    kind: kind === 'report' ? 'Báo cáo' : null,
    subject,
    addressees: { names: [], drafted: false },
  }
}

/** Who signs, unless the officer says otherwise: the first leader, for the whole where the body is a collective. */
export function signatureOf(office: PaperOffice): PaperContent['signature'] {
  const [leader] = office.leaders
  const party = { authority: 'T/M Ban Thường vụ', position: 'Bí thư', name: leader?.name ?? '' }
  if (committees.has(office.kind)) return party
  if (office.kind === 'cell') return { ...party, authority: 'T/M Chi bộ' }
  if (office.kind === 'government')
    return { authority: 'TM. Ủy ban nhân dân', position: 'Chủ tịch', name: leader?.name ?? '' }
  return { authority: '', position: leader?.title ?? '', name: leader?.name ?? '' }
}

/** The office that keeps the file copy: `Lưu Văn phòng Đảng ủy`; a cell keeps its own. */
export function filedBy(office: PaperOffice): string {
  if (office.hierarchy === 'government') return 'Lưu: VT'
  return committees.has(office.kind) ? `Lưu Văn phòng ${shortNameOf(office)}` : `Lưu ${shortNameOf(office)}`
}

/** To whom the office answers: `Ban Thường vụ Tỉnh ủy`. */
export function superiorOf({ above }: PaperOffice): string | null {
  const [parent] = above
  if (!parent) return null
  return committees.has(parent.kind) ? `Ban Thường vụ ${shortNameOf(parent)}` : parent.name
}
