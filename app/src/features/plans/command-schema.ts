import { z } from 'zod'
import type { BeforeDay } from './deadlines.ts'

/** Checks what forms send. Apart from the shapes, which pages use too: a browser takes in no library of schemas. */

export const beforeDaySchema: z.ZodType<BeforeDay> = z.enum(['counts', 'eve'])

const reasonText = z.string().trim().min(1).max(2_000)
const taskText = z.string().trim().min(1).max(4_000)
const day = z.iso.date()

/** One change to a launched plan. Whoever has acted keeps what was done: see docs/decisions. */
export const amendmentChangeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('due'), taskId: z.uuid(), dueOn: day.nullable() }),
  z.object({ kind: z.literal('text'), taskId: z.uuid(), text: taskText }),
  z.object({
    kind: z.literal('add-units'),
    taskId: z.uuid(),
    organisationIds: z.array(z.uuid()).min(1).max(500),
    role: z.enum(['lead', 'with']),
  }),
  z.object({
    kind: z.literal('remove-units'),
    taskId: z.uuid(),
    organisationIds: z.array(z.uuid()).min(1).max(500),
  }),
  z.object({
    kind: z.literal('add-task'),
    text: taskText,
    dueOn: day.nullable(),
    organisationIds: z.array(z.uuid()).min(1).max(500),
  }),
])
export type AmendmentChange = z.infer<typeof amendmentChangeSchema>
export const amendmentReasonSchema = reasonText
