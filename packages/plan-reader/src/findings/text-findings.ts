import { findHours } from '../constructs/date-words.ts'
import { countWords, spansOf } from '../lines/line.ts'
import type { Node } from '../outline/outline.ts'
import type { Finding } from '../plan.ts'
import { type Evidence, makeFinding, outsideMend, quoted } from './evidence.ts'

/** Slips of the text itself: doubled words, numbers out of order, annexes that are not there, noise. */
export function findInText(evidence: Evidence): Finding[] {
  return [
    ...findRepeated(evidence),
    ...findNumbering(evidence),
    ...findAnnexes(evidence),
    ...findAgenda(evidence),
    ...findNoise(evidence),
  ]
}

// Words that Vietnamese doubles on purpose, and numbers of years: "năm năm" is five years.
const doubled = new Set(
  'luôn dần ngày người nhà thường mãi đời từng nơi nơi năm hai ba xa gần rất mọi chiều đêm lâu hay nhanh xanh khác to nhỏ vàng sáng tròn ngời song điều tầng lớp dưng lăm chỉ đều hăng chăm từ chăn trùng nườm vội thầm khư'.split(
    ' ',
  ),
)
const oneWord = /(?<![\p{L}\p{N}])(\p{L}{2,12})\s+\1(?![\p{L}\p{N}])/giu
const twoWords = /(?<![\p{L}\p{N}])(\p{L}{2,12}\s\p{L}{2,12}),?\s+\1(?![\p{L}\p{N}])/giu

const anyWord = /[\p{L}\p{N}]+/gu

/** Whether a word, or two words, stand twice in a row in folded text: the forms above are dear, and rarely fit. */
function mayRepeat(key: string): boolean {
  const words = key.match(anyWord) ?? []
  for (let at = 1; at < words.length; at++) {
    if (words[at] === words[at - 1]) return true
    if (at >= 3 && words[at] === words[at - 2] && words[at - 1] === words[at - 3]) return true
  }
  return false
}

function findRepeated({ lines }: Evidence): Finding[] {
  const found: Finding[] = []
  for (const line of lines) {
    if (!mayRepeat(line.key)) continue
    for (const form of [twoWords, oneWord])
      for (const match of line.text.matchAll(form)) {
        const [whole, word = ''] = match
        if (doubled.has(word.toLowerCase()) || /^\p{Lu}/u.test(word)) continue
        const spans = spansOf(line, match.index, match.index + whole.length)
        if (found.length > 50) return found
        if (found.some((other) => other.spans[0]?.[0] === spans[0]?.[0])) continue
        found.push(
          makeFinding('repeated-words', '', spans, {
            title: { vi: 'Chữ bị lặp', en: 'Repeated words' },
            message: {
              vi: `${quoted(whole)} có chữ viết hai lần.`,
              en: `${quoted(whole)} has words written twice.`,
            },
            mends: [outsideMend(`Chỉ giữ một ${quoted(word)}`, `Keep one ${quoted(word)}`)],
          }),
        )
      }
    if (found.length > 50) break
  }
  return found
}

function findNumbering({ nodes, plan, places }: Evidence): Finding[] {
  const found: Finding[] = []
  const last = new Map<Node | undefined, Node>()
  for (const node of nodes) {
    const { marker } = node
    if (!marker || marker.order <= 0) continue
    const before = last.get(node.parent)
    last.set(node.parent, node)
    if (!before?.marker || before.marker.kind !== marker.kind) {
      if (!before && marker.order > 1 && node.rank <= 5 && node.title)
        add(found, node, undefined, { plan, places })
      continue
    }
    const step = marker.order - before.marker.order
    // "d" then "e", or "đ": both ways of counting are in use.
    if (step === 1 || marker.order === 1 || (marker.kind === 'letter' && step === 2)) continue
    add(found, node, before, { plan, places })
  }
  return found.slice(0, 30)
}

function add(
  found: Finding[],
  node: Node,
  before: Node | undefined,
  { plan, places }: Pick<Evidence, 'plan' | 'places'>,
): void {
  const label = node.marker?.label ?? ''
  const section = plan.sections.findIndex(
    (_, at) => places.spansAt(`/sections/${at}/title`)[0]?.[0] === node.title?.spans[0]?.[0],
  )
  found.push(
    makeFinding(
      'numbering-broken',
      section >= 0 ? `/sections/${section}` : '',
      node.line ? spansOf(node.line, 0, Math.min(60, node.line.text.length)) : [],
      {
        title: { vi: 'Số thứ tự không liền', en: 'Numbering out of order' },
        message: before
          ? {
              vi: `Sau mục ${before.marker?.label ?? ''} là mục ${label}.`,
              en: `Item ${before.marker?.label ?? ''} is followed by item ${label}.`,
            }
          : { vi: `Mục đầu tiên mang số ${label}.`, en: `The first item is numbered ${label}.` },
        mends: [outsideMend('Đánh lại số thứ tự', 'Number the items again')],
      },
    ),
  )
}

function findAnnexes({ plan, places }: Evidence): Finding[] {
  return plan.annexes.flatMap((annex, at) =>
    annex.present
      ? []
      : [
          makeFinding('annex-missing', `/annexes/${at}`, places.spansAt(`/annexes/${at}/name`), {
            title: { vi: 'Thiếu phụ lục được nhắc đến', en: 'An annex is missing' },
            message: {
              vi: `Văn bản nhắc đến ${quoted(annex.name)} nhưng trong tệp không có.`,
              en: `The text speaks of ${quoted(annex.name)}, but the file does not hold it.`,
            },
            mends: [outsideMend('Xin bổ sung phụ lục', 'Ask for the annex')],
          }),
        ],
  )
}

function findAgenda({ plan, places, source }: Evidence): Finding[] {
  return plan.events.flatMap((event, at) => {
    const needed = event.programme.reduce((sum, item) => sum + (item.minutes ?? 0), 0)
    const slot = slotOf(event.start, event.end, places.spansAt(`/events/${at}/start`)[0], source.text)
    if (slot === undefined || needed <= slot) return []
    return [
      makeFinding(
        'agenda-exceeds-slot',
        `/events/${at}/programme`,
        places.spansAt(`/events/${at}/programme/0/title`),
        {
          title: { vi: 'Chương trình dài hơn thời gian', en: 'The agenda is longer than its slot' },
          message: {
            vi: `Các mục cộng lại ${needed} phút, trong khi thời gian chỉ có ${slot} phút.`,
            en: `The items add up to ${needed} minutes, but there are only ${slot}.`,
          },
          mends: [
            outsideMend('Rút ngắn chương trình', 'Shorten the agenda'),
            outsideMend('Kéo dài thời gian', 'Extend the time'),
          ],
        },
      ),
    ]
  })
}

/** How many minutes an event has: until its end, or half a day where the words say so. */
function slotOf(
  start: string,
  end: string | null,
  span: readonly [number, number] | undefined,
  text: string,
): number | undefined {
  if (end && end.slice(0, 10) === start.slice(0, 10)) {
    const [from] = findHours(start.slice(11))
    const [to] = findHours(end.slice(11))
    return from && to ? to.minutes - from.minutes : undefined
  }
  if (!span) return undefined
  const before = text.slice(Math.max(0, span[0] - 40), span[0])
  return /1\/2 ngày|½ ngày|nửa ngày|01 buổi|một buổi/u.test(before) ? 240 : undefined
}

const letterOrDigit = /[\p{L}\p{N}]/u

/** How many signs stand in a text beside white space, and how many of them are letters and digits. */
function countSigns(text: string): { letters: number; solid: number } {
  let [letters, solid] = [0, 0]
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code <= 32 || code === 0xa0) continue
    solid++
    const isPlain = (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122)
    if (isPlain || (code > 127 && letterOrDigit.test(text.charAt(at)))) letters++
  }
  return { letters, solid }
}

/** Lines that are no text: what a scanner made of a stamp or a hand. */
function findNoise({ lines }: Evidence): Finding[] {
  const found: Finding[] = []
  for (const line of lines) {
    if (line.text.length < 12) continue
    const { letters, solid } = countSigns(line.text)
    const lost =
      line.text.includes('\ufffd') ||
      (solid >= 12 &&
        letters < solid * 0.45 &&
        countWords(line.text) > 2 &&
        !/^[\s._…\-–|]+$/u.test(line.text))
    if (!lost) continue
    found.push(
      makeFinding('unreadable-part', '', spansOf(line), {
        title: { vi: 'Có chỗ không đọc được', en: 'A part cannot be read' },
        message: {
          vi: `Dòng ${quoted(line.text)} không rõ chữ.`,
          en: `The line ${quoted(line.text)} is not clear.`,
        },
        mends: [outsideMend('Đối chiếu bản giấy', 'Compare with the paper')],
      }),
    )
    if (found.length >= 20) break
  }
  return found
}
