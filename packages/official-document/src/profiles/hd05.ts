import { hd36 } from './hd36.ts'
import { between, type LayoutProfile } from './layout-profile.ts'
import { dayOf } from './profile-day.ts'

const guidance = 'Hướng dẫn 05-HD/VPTW ngày 27/5/2026 (chưa đối chiếu bản gốc)'

const reported = <Value>(component: string, value: Value) => ({
  value,
  source: `${guidance}, ${component}`,
  confirmed: false,
})

/**
 * The Party's layout from 27/5/2026, as far as it is known: the earlier guidance with the changes reported of
 * it. Nothing of it was compared with the original, so every rule is unconfirmed.
 */
export const hd05: LayoutProfile = {
  ...hd36,
  id: 'HD05',
  name: 'Hướng dẫn 05-HD/VPTW',
  validFrom: dayOf(2026, 5, 27),
  validTo: null,
  confirmed: false,
  paragraph: reported('nội dung văn bản', {
    ...hd36.paragraph.value,
    line: { kind: 'exactly', ...between(18, 22) },
  }),
  recipients: reported('nơi nhận', { ...hd36.recipients.value, separator: ';' }),
}
