import type { Finding } from '../plan.ts'
import { type Evidence, makeFinding, outsideMend, quoted } from './evidence.ts'

/** What is missing or unreadable in the head and the bases. */
export function findInHead(evidence: Evidence): Finding[] {
  return [...findNoPlan(evidence), ...findNumber(evidence), ...findDate(evidence), ...findBases(evidence)]
}

function findNoPlan({ plan, places }: Evidence): Finding[] {
  if (plan.isPlan) return []
  const kind = plan.kind
  return [
    makeFinding('no-plan-inside', '', places.spansAt('/kind'), {
      title: { vi: 'Không phải kế hoạch', en: 'Not a plan' },
      message: {
        vi: kind
          ? `Văn bản này là ${kind}; chỉ đọc phần đầu, căn cứ, nơi nhận và người ký.`
          : 'Không nhận ra loại văn bản; chỉ đọc phần đầu, căn cứ, nơi nhận và người ký.',
        en: kind
          ? `This document is a “${kind}”; only its head, bases, recipients and signatory were read.`
          : 'The type of this document was not recognised; only its head, bases, recipients and signatory were read.',
      },
    }),
  ]
}

function findNumber({ plan, head, headFront }: Evidence): Finding[] {
  if (plan.number !== null) return []
  const line = head.numberLine ?? headFront?.numberLine
  const digits =
    line && /\d|[A-Z]{2,}\s*\//u.test(line.text.replace(/^s[ốo]\s*[:.]?/iu, '').split(/[/-]/u)[0] ?? '')
  if (digits)
    return [
      makeFinding('unreadable-part', '/number', line.spans, {
        title: { vi: 'Không đọc được số văn bản', en: 'The document number cannot be read' },
        message: {
          vi: `Chỗ ghi số hiện là ${quoted(line.text)}; hãy nhập số theo bản giấy.`,
          en: `The place of the number reads ${quoted(line.text)}; enter the number from the paper.`,
        },
        mends: [outsideMend('Nhập số theo bản giấy', 'Enter the number from the paper')],
      }),
    ]
  return [
    makeFinding('number-missing', '/number', line?.spans ?? [], {
      title: { vi: 'Chưa có số văn bản', en: 'No document number' },
      message: {
        vi: line
          ? 'Số văn bản còn để trống; có thể đây là bản dự thảo.'
          : 'Không thấy số văn bản ở phần đầu.',
        en: line
          ? 'The number is left blank; this may be a draft.'
          : 'No document number was found in the head.',
      },
      mends: [outsideMend('Nhập số khi đã ban hành', 'Enter the number once it is issued')],
    }),
  ]
}

function findDate({ plan, head, headFront }: Evidence): Finding[] {
  if (plan.date !== null) return []
  const line = head.dateLine ?? headFront?.dateLine
  if (head.dateImpossible)
    return [
      makeFinding('impossible-date', '/date', line?.spans ?? [], {
        title: { vi: 'Ngày ban hành không có thật', en: 'The date of issue does not exist' },
        message: {
          vi: `Lịch không có ngày ghi ở ${quoted(line?.text ?? '')}.`,
          en: `No calendar has the day written in ${quoted(line?.text ?? '')}.`,
        },
        mends: [outsideMend('Nhập đúng ngày ban hành', 'Enter the right date of issue')],
      }),
    ]
  return [
    makeFinding('date-missing', '/date', line?.spans ?? [], {
      title: { vi: 'Chưa có ngày ban hành', en: 'No date of issue' },
      message: {
        vi: line ? 'Ngày, tháng ban hành còn để trống.' : 'Không thấy ngày ban hành ở phần đầu.',
        en: line ? 'The day or month of issue is left blank.' : 'No date of issue was found in the head.',
      },
      mends: [outsideMend('Nhập ngày ban hành', 'Enter the date of issue')],
    }),
  ]
}

function findBases({ plan, places }: Evidence): Finding[] {
  return plan.bases.flatMap((basis, at) => {
    if (basis.number !== null && basis.date !== null) return []
    // Laws and constitutions are cited by name.
    if (
      /^(?:căn cứ )?(?:luật|bộ luật|hiến pháp|điều lệ|pháp lệnh)/iu.test(basis.text) &&
      (basis.date ?? basis.number)
    )
      return []
    const [vi, en] =
      basis.number === null && basis.date === null
        ? ['số và ngày', 'number and date']
        : basis.number === null
          ? ['số', 'number']
          : ['ngày', 'date']
    return [
      makeFinding('basis-without-number-or-date', `/bases/${at}`, places.spansAt(`/bases/${at}`), {
        title: { vi: `Căn cứ thiếu ${vi}`, en: `A basis without its ${en}` },
        message: {
          vi: `${quoted(basis.text)} không ghi ${vi} của văn bản.`,
          en: `${quoted(basis.text)} does not give the document’s ${en}.`,
        },
        mends: [outsideMend(`Bổ sung ${vi} của văn bản căn cứ`, `Add the ${en} of the document cited`)],
      }),
    ]
  })
}
