import { type CivilDate, formatOfficialDate, parseIsoDate } from '@trienkhai/vietnamese/civil-date.ts'
import { citePlan, citePlanInFull, subjectOf } from './cite-plan.ts'
import { lateWords } from './draft-report.ts'
import { type CitedPlan, draftLine, numberSections, type PaperOffice, type SectionDraft } from './drafting.ts'
import type { PlanFigures } from './figures.ts'
import { filedBy, headOf, shortNameOf, signatureOf, speakerOf } from './office-names.ts'
import { drawTable } from './paper-tables.ts'
import type { PaperContent, PaperLine } from './schema.ts'

/** So many late units are addressed by name; more of them by a list behind the letter. */
const mostNamed = 6
/** A longer list stands in an annex. */
const mostLinesInText = 12

/**
 * A reminder letter (công văn đôn đốc) to the units that are late: what each has not done, since when, and the day
 * by which the office asks for it.
 */
export function draftReminder(
  office: PaperOffice,
  plan: CitedPlan,
  figures: PlanFigures,
  finishBy: CivilDate,
): PaperContent {
  const speaker = speakerOf(office)
  const short = shortNameOf(office)
  const annex = figures.lateWork.length > mostLinesInText
  const about = subjectOf(plan)
  const signedOn = plan.issuedOn ? parseIsoDate(plan.issuedOn) : undefined
  const line = (words: string): PaperLine => draftLine(words, figures)
  const opening = signedOn
    ? `Ngày ${formatOfficialDate(signedOn)}, ${speaker} ban hành ${citePlan({ ...plan, issuedOn: null })}${about ? ` về ${about}` : ''}.`
    : `${speaker} đã triển khai ${citePlanInFull(plan)}.`
  const sections: SectionDraft[] = [
    {
      heading: null,
      lines: [
        line(opening),
        line(
          `Qua theo dõi, đến ngày {day} ${lateWords(figures.lateUnits, figures.reports.late).replace(/^C/u, 'c')}${annex ? ' (danh sách tại Phụ lục kèm theo).' : ', cụ thể như sau:'}`,
        ),
      ],
      table: drawTable('late-work', annex, figures),
    },
    {
      heading: null,
      prompt: 'reminder',
      lines: [
        line(
          `Để bảo đảm tiến độ, ${speaker} đề nghị các đơn vị nêu trên tập trung hoàn thành phần việc còn lại, cập nhật kết quả, minh chứng và báo cáo về ${short} chậm nhất ngày ${formatOfficialDate(finishBy)}; trường hợp có khó khăn, vướng mắc thì nêu rõ nguyên nhân và kiến nghị hướng giải quyết.`,
        ),
        line('Đề nghị các đơn vị nghiêm túc thực hiện.'),
      ],
    },
  ]
  return {
    head: {
      ...headOf(office, 'reminder', `Đôn đốc thực hiện ${citePlan({ ...plan, issuedOn: null })}`),
      addressees: { names: addresseesOf(figures), drafted: true },
    },
    sections: numberSections(sections),
    recipients: [
      'Như trên',
      office.hierarchy === 'party' ? `Thường trực ${short} (để báo cáo)` : 'Lãnh đạo cơ quan (để báo cáo)',
      filedBy(office),
    ],
    signature: signatureOf(office),
    nextId: sections.length + 1,
  }
}

/** To whom: by name while they are few, else `Các chi bộ (theo danh sách kèm theo)`. */
export function addresseesOf({ lateWork }: Pick<PlanFigures, 'lateWork'>): string[] {
  const units = [...new Map(lateWork.map((late) => [late.organisationId, late.unit])).values()]
  if (units.length <= mostNamed) return units
  const isCells = units.every((unit) => unit.startsWith('Chi bộ '))
  return [`Các ${isCells ? 'chi bộ' : 'đơn vị'} (theo danh sách kèm theo)`]
}
