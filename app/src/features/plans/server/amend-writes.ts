import type { CivilDate } from '@trienkhai/vietnamese/civil-date.ts'
import { sql } from 'kysely'
import type { Tx } from '#server/database/handles.ts'
import { newId } from '#server/platform/ids.ts'

interface Unit {
  id: string
  name: string
}

export async function setTaskDue(tx: Tx, task: { taskId: string; dueOn: string | null }): Promise<void> {
  await sql`update task set due_on = ${task.dueOn}::date where id = ${task.taskId}`.execute(tx)
  await sql`update assignment set due_on = ${task.dueOn}::date where task_id = ${task.taskId}`.execute(tx)
}

export async function setTaskText(tx: Tx, task: { taskId: string; text: string }): Promise<void> {
  await tx.updateTable('task').set({ text: task.text }).where('id', '=', task.taskId).execute()
}

interface Giving {
  planId: string
  officeId: string
  organisationIds: readonly string[]
  dueOn: string | null
  today: CivilDate
}

/** Gives a task to more units of the office's own tree; answers those who did not have it yet. */
export async function addUnits(
  tx: Tx,
  giving: Giving & { taskId: string; role: 'lead' | 'with' },
): Promise<Unit[]> {
  const { planId, officeId, taskId, today } = giving
  const chosen = sql`
    select body.id, body.name, body.parent_id, body.kind
    from organisation body
    join organisation_line line on line.organisation_id = body.id and line.ancestor_id = ${officeId}
    where body.id = any(${giving.organisationIds}::uuid[]) and body.ended_on is null`
  await sql`
    insert into expected (plan_id, organisation_id, name, members, group_id, added_on)
    select ${planId}, body.id, body.name,
      (select count(*) from membership where organisation_id = body.id and status in ('official', 'probationary')
        and from_on <= ${today} and (to_on is null or to_on >= ${today})),
      case when body.kind in ('cell', 'cell-group') then coalesce(body.parent_id, body.id) else body.id end, ${today}::date
    from (${chosen}) body
    on conflict do nothing
  `.execute(tx)
  const { rows } = await sql<Unit>`
    with given as (
      insert into assignment (id, plan_id, task_id, office_id, organisation_id, group_id, role, due_on, added_on)
      select gen_random_uuid(), ${planId}, ${taskId}, ${officeId}, body.id, expected.group_id, ${giving.role},
        ${giving.dueOn}::date, ${today}::date
      from (${chosen}) body join expected on expected.plan_id = ${planId} and expected.organisation_id = body.id
      on conflict (task_id, organisation_id) where inherited_from_id is null do nothing
      returning organisation_id
    )
    select body.id, body.name from given join organisation body on body.id = given.organisation_id
    order by body.name, body.id
  `.execute(tx)
  if (rows.length > 0) await renumberPlaces(tx, planId)
  return rows
}

/** Puts the expected units in their order again: by group, then by name. */
async function renumberPlaces(tx: Tx, planId: string): Promise<void> {
  await sql`
    update expected set place = ordered.place
    from (
      select organisation_id,
        row_number() over (order by grouping.name, expected.group_id, expected.name, organisation_id) as place
      from expected left join organisation grouping on grouping.id = expected.group_id
      where plan_id = ${planId}
    ) ordered
    where expected.plan_id = ${planId} and expected.organisation_id = ordered.organisation_id
      and expected.place <> ordered.place
  `.execute(tx)
}

/** Takes a task away from units that have done nothing with it; who has acted keeps it. */
export async function removeUnits(
  tx: Tx,
  taking: { taskId: string; organisationIds: readonly string[] },
): Promise<{ removed: Unit[]; stayed: Unit[] }> {
  const { rows } = await sql<Unit & { assignmentId: string; acted: boolean }>`
    select unit.id, unit.name, assignment.id as "assignmentId", (
      assignment.version > 0
      or exists (select from progress where assignment_id = assignment.id)
      or exists (select from evidence where assignment_id = assignment.id)
      or exists (select from obstacle where assignment_id = assignment.id)
    ) as acted
    from assignment join organisation unit on unit.id = assignment.organisation_id
    where assignment.task_id = ${taking.taskId} and assignment.organisation_id = any(${taking.organisationIds}::uuid[])
    order by unit.name, unit.id
    for update of assignment
  `.execute(tx)
  const removed = rows.filter(({ acted }) => !acted)
  const ids = removed.map(({ assignmentId }) => assignmentId)
  await sql`delete from assignment where id = any(${ids}::uuid[])`.execute(tx)
  const unit = ({ id, name }: Unit): Unit => ({ id, name })
  return { removed: removed.map(unit), stayed: rows.filter(({ acted }) => acted).map(unit) }
}

/** Adds a task after the others and gives it to its units, who lead it. */
export async function insertAddedTask(
  tx: Tx,
  giving: Giving & { text: string },
): Promise<{ taskId: string; added: Unit[] }> {
  const taskId = newId()
  await sql`
    insert into task (id, plan_id, ordinal, text, due_on)
    select ${taskId}, ${giving.planId}, coalesce(max(ordinal), -1) + 1, ${giving.text}, ${giving.dueOn}::date
    from task where plan_id = ${giving.planId}
  `.execute(tx)
  return { taskId, added: await addUnits(tx, { ...giving, taskId, role: 'lead' }) }
}
