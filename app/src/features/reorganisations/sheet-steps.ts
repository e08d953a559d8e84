import { fold, spellingKey } from '@trienkhai/vietnamese/fold.ts'
import { nameKey } from '#features/organisations/name-key.ts'
import { type OrganisationKind, organisationKinds } from '#features/organisations/schema.ts'
import { organisationWords } from '#features/organisations/words.ts'
import type { Step } from './schema.ts'

/** The columns of a sheet of steps. */
export const sheetColumns = ['work', 'body', 'under', 'result', 'kind', 'abbreviation', 'newParent'] as const
export type SheetColumn = (typeof sheetColumns)[number]

/** A row as it stands in the sheet, counted from 1. */
export interface SheetStep {
  row: number
  cells: Partial<Record<SheetColumn, string>>
}

export type SheetWrong =
  | 'work-unknown'
  | 'body-missing'
  | 'body-unknown'
  | 'body-ambiguous'
  | 'result-missing'
  | 'parent-unknown'
  | 'kind-unknown'

export interface WrongCell {
  row: number
  column: SheetColumn
  reason: SheetWrong
}

/** A living body of the area. */
export interface AreaBody {
  id: string
  name: string
  abbreviation: string | null
  kind: string
  hierarchy: string
  unitCode: string | null
  parentId: string | null
}

const works: Record<string, 'create' | 'rename' | 'move' | 'merge' | 'split' | 'dissolve'> = {
  'thanh lap': 'create',
  'lap moi': 'create',
  'doi ten': 'rename',
  chuyen: 'move',
  'chuyen truc thuoc': 'move',
  'sap nhap': 'merge',
  'hop nhat': 'merge',
  nhap: 'merge',
  'chia tach': 'split',
  chia: 'split',
  tach: 'split',
  'giai the': 'dissolve',
  'ket thuc': 'dissolve',
}

interface Reading {
  area: AreaIndex
  wrong: WrongCell[]
  /** New bodies by the key of their name, in the order in which they are first named. */
  created: Map<string, { step: Step & { kind: 'create' }; row: number }>
  newId: () => string
}

/**
 * Steps from the rows of a sheet: rows that merge into one name are one merger, rows that split one body one split. What
 * is new is created first, whatever the order of the rows. A cell that cannot be understood is told by its place.
 */
export function stepsOfSheet(
  rows: readonly SheetStep[],
  bodies: readonly AreaBody[],
  newId: () => string,
): { steps: { step: Step; source: string }[]; wrong: WrongCell[] } {
  const reading: Reading = { area: new AreaIndex(bodies), wrong: [], created: new Map(), newId }
  const changes: { step: Step; source: string }[] = []
  const merging = new Map<string, Step & { kind: 'merge' }>()
  const splitting = new Map<string, Step & { kind: 'split' }>()
  // What is founded outright is known to every other row, wherever it stands.
  for (const row of rows) if (workOf(row) === 'create') found(reading, row)
  for (const row of rows) {
    const work = workOf(row)
    const source = String(row.row)
    if (!work) reading.wrong.push({ row: row.row, column: 'work', reason: 'work-unknown' })
    if (!work || work === 'create') continue
    const body = findBody(reading, row)
    if (!body) continue
    switch (work) {
      case 'rename': {
        const name = row.cells.result?.trim()
        if (name) changes.push({ source, step: { kind: 'change', bodyId: body.id, name } })
        else reading.wrong.push({ row: row.row, column: 'result', reason: 'result-missing' })
        break
      }
      case 'move': {
        const parentId = findParent(reading, row)
        if (parentId) changes.push({ source, step: { kind: 'move', bodyId: body.id, parentId } })
        else if (!row.cells.newParent?.trim())
          reading.wrong.push({ row: row.row, column: 'newParent', reason: 'parent-unknown' })
        break
      }
      case 'merge': {
        const into = resultOf(reading, row, body)
        if (!into) break
        const known = merging.get(into)
        if (known) known.from.push(body.id)
        else {
          const step: Step & { kind: 'merge' } = { kind: 'merge', from: [body.id], into, posts: 'pass' }
          merging.set(into, step)
          changes.push({ source, step })
        }
        break
      }
      case 'split': {
        const part = resultOf(reading, row, body)
        if (!part) break
        const known = splitting.get(body.id)
        if (known) known.parts.push({ bodyId: part, takes: [] })
        else {
          const parts = [{ bodyId: part, takes: [] }]
          const step: Step & { kind: 'split' } = {
            kind: 'split',
            from: body.id,
            parts,
            people: {},
            posts: 'pass',
          }
          splitting.set(body.id, step)
          changes.push({ source, step })
        }
        break
      }
      case 'dissolve': {
        const heir = row.cells.result?.trim()
          ? findNamed(reading, row.cells.result, row.cells.newParent)
          : null
        if (heir === undefined || heir === 'ambiguous')
          reading.wrong.push({
            row: row.row,
            column: 'result',
            reason: heir ? 'body-ambiguous' : 'body-unknown',
          })
        else changes.push({ source, step: { kind: 'dissolve', bodyId: body.id, heirId: heir?.id ?? null } })
      }
    }
  }
  return { steps: [...createdInOrder(reading), ...changes], wrong: reading.wrong }
}

const workOf = (row: SheetStep) => works[fold(row.cells.work ?? '')]

/** The bodies of the area by what people call them: name with its marks, name without them, code, id. */
class AreaIndex {
  readonly #byKey = new Map<string, AreaBody[]>()
  readonly #names = new Map<string, string>()

  constructor(bodies: readonly AreaBody[]) {
    for (const body of bodies) {
      this.#names.set(body.id, body.name)
      for (const key of new Set([
        spellingKey(body.name),
        nameKey(body.name),
        body.id,
        body.unitCode ?? body.id,
      ]))
        this.#byKey.set(key, [...(this.#byKey.get(key) ?? []), body])
    }
  }

  find(text: string, under: string | undefined): AreaBody | 'ambiguous' | undefined {
    for (const key of [spellingKey(text), nameKey(text), text.trim()]) {
      const found = this.#byKey.get(key) ?? []
      const parent = under?.trim() ? nameKey(under) : undefined
      const fitting =
        parent === undefined
          ? found
          : found.filter(
              ({ parentId }) => parentId !== null && nameKey(this.#names.get(parentId) ?? '') === parent,
            )
      if (fitting.length === 1) return fitting[0]
      if (fitting.length > 1) return 'ambiguous'
    }
    return undefined
  }
}

function findBody(reading: Reading, { row, cells }: SheetStep): AreaBody | undefined {
  const text = cells.body?.trim()
  if (!text) {
    reading.wrong.push({ row, column: 'body', reason: 'body-missing' })
    return undefined
  }
  const found = reading.area.find(text, cells.under)
  if (found !== undefined && found !== 'ambiguous') return found
  reading.wrong.push({
    row,
    column: 'body',
    reason: found === 'ambiguous' ? 'body-ambiguous' : 'body-unknown',
  })
  return undefined
}

/** A body that there is already or that another row creates. */
function findNamed(
  reading: Reading,
  text: string,
  under: string | undefined,
): { id: string } | 'ambiguous' | undefined {
  const created = reading.created.get(spellingKey(text))
  return created ? { id: created.step.bodyId } : reading.area.find(text, under)
}

function findParent(reading: Reading, { row, cells }: SheetStep): string | undefined {
  const text = cells.newParent?.trim()
  if (!text) return undefined
  const found = findNamed(reading, text, undefined)
  if (found !== undefined && found !== 'ambiguous') return found.id
  reading.wrong.push({ row, column: 'newParent', reason: 'parent-unknown' })
  return undefined
}

/** The successor that a row names: one that is there, one that is created, or one to create beside the body. */
function resultOf(reading: Reading, row: SheetStep, body: AreaBody): string | undefined {
  const text = row.cells.result?.trim()
  if (!text) {
    reading.wrong.push({ row: row.row, column: 'result', reason: 'result-missing' })
    return undefined
  }
  const known = findNamed(reading, text, row.cells.newParent)
  if (known === 'ambiguous') {
    reading.wrong.push({ row: row.row, column: 'result', reason: 'body-ambiguous' })
    return undefined
  }
  if (known) return known.id
  const kind = kindOf(reading, row)
  if (kind === 'wrong') return undefined
  const parentId = row.cells.newParent?.trim() ? findParent(reading, row) : body.parentId
  if (parentId === undefined) return undefined
  return create(reading, row, { ...body, kind: kind ?? body.kind, parentId })
}

function found(reading: Reading, row: SheetStep): void {
  const name = row.cells.result?.trim() || row.cells.body?.trim()
  if (!name) {
    reading.wrong.push({ row: row.row, column: 'result', reason: 'result-missing' })
    return
  }
  const parentId = findParent(reading, row)
  if (parentId === undefined && !row.cells.newParent?.trim())
    reading.wrong.push({ row: row.row, column: 'newParent', reason: 'parent-unknown' })
  const kind = kindOf(reading, row)
  if (kind === 'wrong' || parentId === undefined) return
  if (!kind) reading.wrong.push({ row: row.row, column: 'kind', reason: 'kind-unknown' })
  else create(reading, row, { hierarchy: hierarchyOf(kind), kind, parentId }, name)
}

function create(
  reading: Reading,
  { row, cells }: SheetStep,
  like: { kind: string; hierarchy: string; parentId: string | null },
  name = cells.result?.trim() ?? '',
): string {
  const bodyId = reading.newId()
  reading.created.set(spellingKey(name), {
    row,
    step: {
      kind: 'create',
      bodyId,
      name,
      abbreviation: cells.abbreviation?.trim() || null,
      bodyKind: like.kind as OrganisationKind,
      hierarchy: like.hierarchy as 'party',
      unitCode: null,
      parentId: like.parentId,
    },
  })
  return bodyId
}

const kindKeys = new Map<string, OrganisationKind>(
  organisationKinds.flatMap((kind) => [
    [kind, kind] as const,
    [nameKey(organisationWords.vi.kind[kind]), kind] as const,
    ...organisationWords.vi.kind[kind].split(',').map((part) => [nameKey(part), kind] as const),
  ]),
)

function kindOf(reading: Reading, { row, cells }: SheetStep): OrganisationKind | 'wrong' | undefined {
  const text = cells.kind?.trim()
  if (!text) return undefined
  const kind = kindKeys.get(nameKey(text))
  if (kind) return kind
  reading.wrong.push({ row, column: 'kind', reason: 'kind-unknown' })
  return 'wrong'
}

function hierarchyOf(kind: OrganisationKind): string {
  if (kind === 'school' || kind === 'school-group') return 'school'
  if (['front', 'union', 'union-branch', 'association'].includes(kind)) return 'front'
  return ['government', 'department', 'police', 'military', 'service-unit'].includes(kind)
    ? 'government'
    : 'party'
}

/** New bodies, each after the new one that it stands below. */
function createdInOrder({ created }: Reading): { step: Step; source: string }[] {
  const waiting = new Map([...created.values()].map((one) => [one.step.bodyId, one]))
  const ordered: { step: Step; source: string }[] = []
  const place = (id: string): void => {
    const one = waiting.get(id)
    if (!one) return
    waiting.delete(id)
    if (one.step.parentId !== null) place(one.step.parentId)
    ordered.push({ step: one.step, source: String(one.row) })
  }
  for (const id of [...waiting.keys()]) place(id)
  return ordered
}
