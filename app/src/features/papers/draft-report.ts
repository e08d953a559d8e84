import { formatOfficialDate, parseIsoDate } from '@trienkhai/vietnamese/civil-date.ts'
import { citePlan, citePlanInFull, subjectOf } from './cite-plan.ts'
import { type CitedPlan, draftLine, numberSections, type PaperOffice, type SectionDraft } from './drafting.ts'
import type { PlanFigures } from './figures.ts'
import { filedBy, headOf, signatureOf, speakerOf, superiorOf } from './office-names.ts'
import { drawTable } from './paper-tables.ts'
import type { PaperContent, PaperLine } from './schema.ts'

/**
 * A report of results: direction, results, strengths, limits and causes, next steps, proposals. It says only what
 * the plan's rows say; what they cannot say (strengths, causes, proposals) is left for the officer, under a prompt.
 */
export function draftReport(office: PaperOffice, plan: CitedPlan, figures: PlanFigures): PaperContent {
  const cited = citePlan(plan)
  const about = subjectOf(plan)
  const superior = superiorOf(office)
  const speaker = speakerOf(office)
  const line = (words: string, bullet = false): PaperLine => draftLine(words, figures, { bullet })
  const sections: SectionDraft[] = [
    {
      heading: null,
      lines: [
        line(
          `Thực hiện ${citePlanInFull(plan)}, ${speaker} báo cáo kết quả thực hiện tính đến ngày {day} như sau:`,
        ),
      ],
    },
    {
      heading: 'Công tác lãnh đạo, chỉ đạo',
      prompt: 'direction',
      lines: directionLines(plan, figures, speaker).map((words) => line(words)),
    },
    { heading: 'Kết quả thực hiện', prompt: 'results' },
    { heading: 'Kết quả chung', level: 2, lines: resultLines(figures).map((words) => line(words, true)) },
    ...taskSections(figures, line),
    ...lateSections(figures, line),
    { heading: 'Đánh giá chung' },
    { heading: 'Ưu điểm', level: 2, prompt: 'strengths' },
    limitsSection(figures, line),
    {
      heading: 'Nhiệm vụ, giải pháp thời gian tới',
      prompt: 'next',
      lines: nextLines(figures).map((words) => line(words, true)),
    },
    { heading: 'Đề xuất, kiến nghị', prompt: 'proposals' },
    { heading: null, lines: [line(`Trên đây là báo cáo kết quả thực hiện ${cited} của ${speaker}.`)] },
  ]
  return {
    head: headOf(office, 'report', `kết quả thực hiện ${cited}${about ? `\nvề ${about}` : ''}`),
    sections: numberSections(sections),
    recipients: [
      ...(superior ? [`${superior} (để báo cáo)`] : []),
      'Các đơn vị thực hiện Kế hoạch',
      filedBy(office),
    ],
    signature: signatureOf(office),
    nextId: sections.length + 1,
  }
}

type Line = (words: string, bullet?: boolean) => PaperLine

function directionLines({ launchedOn }: CitedPlan, figures: PlanFigures, speaker: string): string[] {
  const day = launchedOn ? parseIsoDate(launchedOn) : undefined
  const given = ['giao {tasks} nhiệm vụ với {work-total} phần việc']
  if (figures.reports.total > 0) given.push('yêu cầu {reports-total} báo cáo')
  if (figures.events.total > 0) given.push('ấn định lịch {events-total} hội nghị, buổi sinh hoạt')
  return [
    `${day ? `Ngày ${formatOfficialDate(day)}, ` : ''}${speaker} triển khai Kế hoạch đến {units} đơn vị; ${given.join(', ')}.`,
  ]
}

function resultLines({ reports, events, work }: PlanFigures): string[] {
  const open =
    work.doing + work.owed > 0
      ? ' Trong số chưa đến hạn, đang thực hiện {work-doing} phần việc, chưa bắt đầu {work-owed} phần việc.'
      : ''
  return [
    ...(work.total > 0
      ? [
          'Các đơn vị đã hoàn thành {work-done}/{work-total} phần việc, đạt {work-share}; trong đó hoàn thành đúng hạn {work-on-time} phần việc, có minh chứng kèm theo {work-with-evidence} phần việc.' +
            open,
        ]
      : []),
    ...(reports.total > 0
      ? [
          'Đã nhận {reports-submitted}/{reports-total} báo cáo, đạt {reports-share}; trong đó nộp đúng hạn {reports-on-time} báo cáo, có tệp kèm theo {reports-with-evidence} báo cáo.',
        ]
      : []),
    ...(events.total > 0
      ? ['Đã đến lịch tổ chức {events-past}/{events-total} hội nghị, buổi sinh hoạt theo Kế hoạch.']
      : []),
  ]
}

function taskSections(figures: PlanFigures, line: Line): SectionDraft[] {
  if (figures.tasks.length === 0) return []
  return [
    {
      heading: 'Kết quả theo từng nhiệm vụ',
      level: 2,
      lines: [line('Kết quả thực hiện {tasks} nhiệm vụ của Kế hoạch đến ngày {day}:')],
      table: drawTable('tasks', false, figures),
    },
  ]
}

/** With more lines than this the table stands in an annex. */
const mostLinesInText = 12

function lateSections(figures: PlanFigures, line: Line): SectionDraft[] {
  const { lateWork, lateUnits, reports } = figures
  if (lateWork.length === 0)
    return [
      {
        heading: 'Việc quá hạn',
        level: 2,
        lines: [line('Đến ngày {day}, không có việc, báo cáo nào quá hạn.')],
      },
    ]
  const annex = lateWork.length > mostLinesInText
  return [
    {
      heading: 'Việc quá hạn',
      level: 2,
      lines: [
        line(`${lateWords(lateUnits, reports.late)}${annex ? ' (danh sách tại Phụ lục kèm theo).' : ':'}`),
      ],
      table: drawTable('late-work', annex, figures),
    },
  ]
}

/** What is late, of tasks and of reports: two counts, never one. */
export function lateWords(lateUnits: number, lateReports: number): string {
  const parts = [
    ...(lateUnits > 0 ? ['{late-units}/{units} đơn vị có {work-late} phần việc quá hạn'] : []),
    ...(lateReports > 0 ? ['{reports-late}/{reports-total} báo cáo quá hạn chưa nộp'] : []),
  ]
  return `Còn ${parts.join('; ')}`
}

function limitsSection(figures: PlanFigures, line: Line): SectionDraft {
  const raised = figures.obstacles.raised > 0
  return {
    heading: 'Hạn chế, khó khăn và nguyên nhân',
    level: 2,
    prompt: 'causes',
    lines: [
      ...(figures.work.late > 0
        ? [line('Còn {work-late}/{work-total} phần việc chưa hoàn thành đúng thời hạn Kế hoạch đề ra.')]
        : []),
      ...(raised
        ? [
            line(
              'Trong quá trình thực hiện, các đơn vị nêu {obstacles-raised} khó khăn, vướng mắc; đã trả lời {obstacles-answered}:',
            ),
          ]
        : []),
    ],
    table: raised ? drawTable('obstacles', false, figures) : null,
  }
}

function nextLines({ work, reports, lateUnits }: PlanFigures): string[] {
  const late = [
    ...(lateUnits > 0 ? ['{late-units} đơn vị hoàn thành {work-late} phần việc quá hạn'] : []),
    ...(reports.late > 0 ? ['nộp {reports-late} báo cáo quá hạn'] : []),
  ]
  return [
    ...(late.length > 0 ? [`Đôn đốc ${late.join('; ')}.`] : []),
    ...(work.doing + work.owed > 0
      ? [
          'Tiếp tục theo dõi, hướng dẫn thực hiện các phần việc chưa đến hạn ({work-doing} phần việc đang thực hiện, {work-owed} phần việc chưa bắt đầu).',
        ]
      : []),
  ]
}
