import { type CivilDate, vietnamDate } from '@trienkhai/vietnamese/civil-date.ts'
import { listPlanEvents } from '#features/events/server/reads.ts'
import { listDatedDuties } from '#features/plans/server/plan-happenings.ts'
import { getPlan } from '#features/plans/server/reads.ts'
import { listTasks } from '#features/plans/server/roll-up.ts'
import { inOrder, type Milestone, type Undated } from '#features/plans/timeline.ts'
import { planWords } from '#features/plans/words.ts'
import { signedIn } from '../../../signed-in.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, params }) => {
  const { reader, scope, on: today, language } = signedIn(locals)
  const plan = await getPlan(reader, scope, params.id)
  const [tasks, events, duties] = await Promise.all([
    listTasks(reader, scope, plan, today),
    listPlanEvents(reader, scope, plan.id),
    listDatedDuties(reader, scope, plan, today),
  ])
  const base = `/plans/${plan.id}`
  const nothing = { at: null, done: 0, total: 0, late: 0 }
  const milestones: Milestone[] = []
  const undated: Undated[] = []
  if (plan.launchedAt)
    milestones.push({
      kind: 'launch',
      text: planWords[language].timelinePage.launched,
      href: base,
      on: vietnamDate(plan.launchedAt),
      ...nothing,
    })
  for (const task of tasks) {
    const href = `${base}/tasks/${task.id}`
    const { text, done, total, late } = task
    if (task.dueOn)
      milestones.push({ kind: 'task', text, href, on: task.dueOn as CivilDate, at: null, done, total, late })
    else undated.push({ kind: 'task', text, href, words: task.deadlineWords })
  }
  for (const event of events)
    milestones.push({
      kind: 'event',
      text: event.title,
      href: base,
      on: event.startsOn as CivilDate,
      ...nothing,
      at: event.startsAt,
    })
  for (const duty of duties) {
    const { text, total, late, submitted: done } = duty
    const href = `${base}/reports`
    if (duty.dueOn)
      milestones.push({
        kind: 'report',
        text,
        href,
        on: duty.dueOn as CivilDate,
        at: null,
        done,
        total,
        late,
      })
    else undated.push({ kind: 'report', text, href, words: null })
  }
  return { plan, milestones: inOrder(milestones), undated, today }
}
