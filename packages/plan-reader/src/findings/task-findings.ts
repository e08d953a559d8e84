import { fold } from '@trienkhai/vietnamese/fold.ts'
import { isPersonName } from '../constructs/recipients.ts'
import type { Finding, Plan } from '../plan.ts'
import { type Evidence, makeFinding, outsideMend, quoted, settingMend } from './evidence.ts'

/** Tasks that don't say who or by when, and units that get work but not the paper. */
export function findInTasks(evidence: Evidence): Finding[] {
  return [...findVague(evidence), ...findUnitsNotTold(evidence)]
}

function findVague({ plan, places }: Evidence): Finding[] {
  return plan.tasks.flatMap((task, at) => {
    const found: Finding[] = []
    const spans = places.spansAt(`/tasks/${at}/text`)
    if (task.lead.length === 0)
      found.push(
        makeFinding('task-without-lead', `/tasks/${at}`, spans, {
          title: { vi: 'Nhiệm vụ chưa rõ người chủ trì', en: 'A task without a lead' },
          message: {
            vi: `${quoted(task.text)} chưa ghi ai chủ trì.`,
            en: `${quoted(task.text)} does not say who leads it.`,
          },
          mends: [outsideMend('Chọn đơn vị chủ trì', 'Choose the unit that leads')],
        }),
      )
    if (task.deadline === null)
      found.push(
        makeFinding('task-without-deadline', `/tasks/${at}`, spans, {
          title: { vi: 'Nhiệm vụ chưa có thời hạn', en: 'A task without a deadline' },
          message: {
            vi: `${quoted(task.text)} chưa ghi thời hạn hoàn thành.`,
            en: `${quoted(task.text)} does not say by when.`,
          },
          mends: [outsideMend('Đặt thời hạn', 'Set a deadline')],
        }),
      )
    return found
  })
}

const shortForms: readonly (readonly [RegExp, string])[] = [
  [/\bubmttq(?:vn)?\b|\bub mttq\b/g, 'uy ban mat tran to quoc'],
  [/\bubnd\b/g, 'uy ban nhan dan'],
  [/\bhdnd\b/g, 'hoi dong nhan dan'],
  [/\bmttq\b/g, 'mat tran to quoc'],
  [/\bbch\b/g, 'ban chap hanh'],
  [/\bbtv\b/g, 'ban thuong vu'],
  [/\bbgh\b/g, 'ban giam hieu'],
  [/\bvp\b/g, 'van phong'],
  [/\bgd ?& ?dt\b|\bgddt\b/g, 'giao duc va dao tao'],
  [/\bcmhs\b/g, 'cha me hoc sinh'],
  [/\bgv\b/g, 'giao vien'],
  [/\blhpn\b/g, 'lien hiep phu nu'],
  [/\bccb\b/g, 'cuu chien binh'],
  [/\bldld\b/g, 'lien doan lao dong'],
  [/\bđu\b|\bdu\b(?= |$)/g, 'dang uy'],
  [/\btncs\b/g, 'thanh nien cong san'],
  [/\bd\/c\b|\bdc\b/g, 'dong chi'],
]
const emptyWords = new Set([
  'cac',
  'va',
  'cua',
  'thuoc',
  'truc',
  'toan',
  'the',
  'don',
  'vi',
  'co',
  'quan',
  'lien',
  'nhu',
  'tren',
  'dong',
  'chi',
  'o',
  'tai',
  'de',
])
const people =
  /^(?:dong chi|d\/c|ong|ba|co|thay|giao vien|can bo|dang vien|hoc sinh|nguoi|bi thu|chu tich|pho|truong|hieu truong|giam doc|thu truong|tat ca|moi|cha me|ke toan|thu ky|y te|bao ve|nhan vien|tong phu trach|hai don vi|lanh dao|uy vien)\b/
const generic =
  /\b(?:nhu tren|cac (?:phong|ban|so|co quan|don vi|nganh|to|doan the|khoa|bo|dia phuong)|noi nhan nhu)\b/

function keyOf(phrase: string): string {
  let key = fold(phrase).replace(/[.,;:()"“”]/gu, ' ')
  for (const [form, full] of shortForms) key = key.replace(form, full)
  return key.replace(/\s+/g, ' ').trim()
}

const wordsOfKey = (key: string): string[] =>
  key.split(/[\s-]+/u).filter((word) => word !== '' && !emptyWords.has(word))

/** Units that lead a task but are not among the recipients: they would not get the paper. */
function findUnitsNotTold({ plan, places }: Evidence): Finding[] {
  if (plan.recipients.length === 0) return []
  const told = plan.recipients.map((recipient) => keyOf(recipient.name))
  const seen = new Set<string>()
  const found: Finding[] = []
  plan.tasks.forEach((task, at) => {
    task.lead.forEach((unit, leadAt) => {
      const key = keyOf(unit)
      if (
        seen.has(key) ||
        people.test(key) ||
        isPersonName(unit) ||
        isIssuer(plan, key) ||
        told.some((recipient) => covers(recipient, key))
      )
        return
      seen.add(key)
      const pointer = `/tasks/${at}/lead/${leadAt}`
      found.push(
        makeFinding('unit-not-in-recipients', pointer, places.spansAt(pointer), {
          title: {
            vi: 'Đơn vị được giao việc không có ở nơi nhận',
            en: 'A unit with work is not among the recipients',
          },
          message: {
            vi: `${quoted(unit)} được giao việc nhưng không thấy ở mục nơi nhận.`,
            en: `${quoted(unit)} is given work but is not among the recipients.`,
          },
          mends: [
            settingMend(
              'Thêm vào nơi nhận',
              'Add to the recipients',
              `/recipients/${plan.recipients.length}`,
              { name: unit, note: null },
            ),
            outsideMend('Đã có trong một nơi nhận chung', 'Already covered by a recipient named in general'),
          ],
        }),
      )
    })
  })
  return found
}

function isIssuer(plan: Plan, key: string): boolean {
  const issuer = keyOf(plan.issuer ?? '')
  return issuer !== '' && (issuer === key || issuer.includes(key))
}

/** Whether a recipient's words cover a unit: the same words, fewer of them, or a general "các phòng". */
function covers(recipient: string, unit: string): boolean {
  if (recipient.includes(unit) || unit.includes(recipient)) return true
  // "Các chi bộ trực thuộc" are each "chi bộ …"; "Các phòng, tổ" any phòng and any tổ.
  const plural = /^(?:cac|toan the|cac dong chi) ([a-z]+(?: [a-z]+)?)/.exec(recipient)?.[1]
  if (plural && unit.replace(/^cac /, '').startsWith(plural)) return true
  if (generic.test(recipient)) {
    const nouns = [
      ...recipient.matchAll(/\b(phong|ban|so|co quan|don vi|nganh|to|doan the|khoa|bo|dia phuong)\b/g),
    ].map((match) => match[1] ?? '')
    if (/nhu tren|don vi|co quan/.test(recipient)) return true
    if (nouns.some((noun) => unit.startsWith(noun) || unit.startsWith(`cac ${noun}`))) return true
  }
  const [a, b] = [new Set(wordsOfKey(recipient)), wordsOfKey(unit)]
  if (a.size === 0 || b.length === 0) return false
  const shared = b.filter((word) => a.has(word)).length
  return shared >= b.length * 0.75 || shared === a.size
}
