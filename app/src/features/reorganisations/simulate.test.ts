import { describe, expect, it } from 'vitest'
import type { BodyState, Step } from './schema.ts'
import { simulate } from './simulate.ts'

const day = '2025-07-01'
const body = (id: string, parentId: string | null, more: Partial<BodyState> = {}): BodyState => ({
  id,
  name: `Tên ${id}`,
  abbreviation: null,
  kind: 'cell',
  hierarchy: 'party',
  unitCode: null,
  parentId,
  beganOn: null,
  endedOn: null,
  changedOn: null,
  inArea: true,
  ...more,
})
const tree = [
  body('province', null),
  body('A', 'province'),
  body('B', 'province'),
  body('a1', 'A'),
  body('a2', 'A'),
  body('b1', 'B'),
]
const run = (...steps: Step[]) => simulate(tree, steps, { day, topId: 'province' })
const create = (bodyId: string, parentId: string, name = `Tên ${bodyId}`): Step => ({
  kind: 'create',
  bodyId,
  name,
  abbreviation: null,
  bodyKind: 'cell',
  hierarchy: 'party',
  unitCode: null,
  parentId,
})
const merge = (from: string[], into: string): Step => ({ kind: 'merge', from, into, posts: 'pass' })
const problems = (...steps: Step[]) =>
  run(...steps).problems.map(({ step, field, reason, bodyId, because }) => [
    step,
    field,
    reason,
    bodyId,
    because,
  ])

describe('a reorganisation', () => {
  it('merges two bodies into a new one, which takes what was below them', () => {
    const { effects, ...rest } = run(create('C', 'province'), merge(['A', 'B'], 'C'))
    expect(rest).toEqual({ problems: [], warnings: [] })
    expect(effects.created.map(({ id, parentId, beganOn }) => [id, parentId, beganOn])).toEqual([
      ['C', 'province', day],
    ])
    expect(effects.ended).toEqual(['A', 'B'])
    expect(effects.moved).toEqual([
      { id: 'a1', parentId: 'C' },
      { id: 'a2', parentId: 'C' },
      { id: 'b1', parentId: 'C' },
    ])
    expect(effects.passings.work).toEqual([
      { fromId: 'A', toId: 'C' },
      { fromId: 'B', toId: 'C' },
    ])
    expect(effects.successions.map(({ fromId, toId, takes }) => [fromId, toId, takes.length])).toEqual([
      ['A', 'C', 6],
      ['B', 'C', 6],
    ])
  })

  it('lets one body go on and take the other in', () => {
    expect(run(merge(['A', 'B'], 'A')).effects).toMatchObject({
      ended: ['B'],
      moved: [{ id: 'b1', parentId: 'A' }],
      passings: { members: [{ fromId: 'B', toId: 'A' }] },
    })
  })

  it('brings a successor out from below who ends', () => {
    const { problems: found, effects } = run(merge(['A'], 'a1'))
    expect(found).toEqual([])
    expect(effects.moved).toEqual([
      { id: 'a1', parentId: 'province' },
      { id: 'a2', parentId: 'a1' },
    ])
  })

  it('parts a body as it says, and leaves the rest to the first part', () => {
    const { effects } = run(create('C', 'province'), create('D', 'province'), {
      kind: 'split',
      from: 'A',
      parts: [
        { bodyId: 'C', takes: ['bodies', 'members'] },
        { bodyId: 'D', takes: ['work'] },
      ],
      people: { p1: 'D', p2: 'elsewhere' },
      posts: 'pass',
    })
    expect(
      Object.fromEntries(Object.entries(effects.passings).map(([taking, rows]) => [taking, rows[0]?.toId])),
    ).toEqual({
      bodies: 'C',
      members: 'C',
      posts: 'C',
      rights: 'C',
      work: 'D',
      documents: 'C',
    })
    expect(effects.people).toEqual([{ personId: 'p1', fromId: 'A', toId: 'D' }])
    expect(effects.ended).toEqual(['A'])
  })

  it('lets a body go on beside the part that leaves it', () => {
    const { effects } = run(create('C', 'province'), {
      kind: 'split',
      from: 'A',
      parts: [
        { bodyId: 'A', takes: [] },
        { bodyId: 'C', takes: ['work'] },
      ],
      people: {},
      posts: 'pass',
    })
    expect(effects.ended).toEqual([])
    expect(effects.successions).toEqual([{ fromId: 'A', toId: 'C', takes: ['work'] }])
  })

  it('leaves what was inherited in one step to the heir of the next, and not what was parted before', () => {
    const { effects } = run(
      {
        kind: 'split',
        from: 'B',
        parts: [
          { bodyId: 'B', takes: [] },
          { bodyId: 'b1', takes: ['work'] },
        ],
        people: {},
        posts: 'pass',
      },
      merge(['A'], 'B'),
      merge(['B'], 'a1'),
    )
    expect(effects.passings.work).toEqual([
      { fromId: 'B', toId: 'b1' },
      { fromId: 'A', toId: 'a1' },
    ])
  })

  it('leaves what a dissolved body had to the one above it, unless told', () => {
    expect(run({ kind: 'dissolve', bodyId: 'a1', heirId: null }).effects.passings.members).toEqual([
      { fromId: 'a1', toId: 'A' },
    ])
    expect(run({ kind: 'dissolve', bodyId: 'a1', heirId: 'a2' }).effects.passings.members).toEqual([
      { fromId: 'a1', toId: 'a2' },
    ])
  })
})

describe('a step with a fault', () => {
  it('says which body cannot be used, and which step stands against it', () => {
    expect(problems(merge(['A', 'X'], 'C'), create('C', 'province'))).toEqual([
      [0, 'into', 'created-later', 'C', 1],
      [0, 'from', 'no-such-body', 'X', null],
    ])
    expect(problems(merge(['A'], 'B'), { kind: 'change', bodyId: 'A', name: 'Mới' })).toEqual([
      [1, 'body', 'ended-before', 'A', 0],
    ])
    expect(problems(create('A', 'province'))).toEqual([[0, 'body', 'created-twice', 'A', null]])
    expect(problems(create('C', 'province'), merge(['C'], 'A'))).toEqual([
      [1, 'from', 'ends-on-first-day', 'C', 0],
    ])
  })

  it('refuses circles, changes of nothing, heirs twice over, and the end of the whole area', () => {
    expect(problems({ kind: 'move', bodyId: 'A', parentId: 'a1' })).toEqual([
      [0, 'parent', 'below-itself', 'a1', null],
    ])
    expect(problems({ kind: 'move', bodyId: 'a1', parentId: 'A' })).toEqual([
      [0, 'parent', 'nothing-changes', 'A', null],
    ])
    expect(problems({ kind: 'change', bodyId: 'A', name: 'Tên A' })).toEqual([
      [0, 'name', 'nothing-changes', 'A', null],
    ])
    expect(problems(merge(['A'], 'A'))).toEqual([[0, 'from', 'nothing-to-merge', null, null]])
    expect(problems(merge(['province'], 'A'))).toEqual([[0, 'from', 'top-of-area', 'province', null]])
    expect(
      problems({
        kind: 'split',
        from: 'A',
        parts: [
          { bodyId: 'a1', takes: ['work'] },
          { bodyId: 'a2', takes: ['work'] },
        ],
        people: {},
        posts: 'pass',
      }),
    ).toEqual([[0, 'parts', 'taken-twice', 'a2', null]])
  })

  it('refuses what lies outside the area, has ended, is yet to begin or has changed since', () => {
    const odd = [
      ...tree,
      body('far', null, { inArea: false }),
      body('gone', 'A', { endedOn: '2025-01-01' }),
      body('new', 'A', { beganOn: '2025-08-01' }),
      body('changed', 'A', { changedOn: '2025-09-01' }),
    ]
    const reasonOf = (bodyId: string) =>
      simulate(odd, [{ kind: 'change', bodyId, name: 'Khác' }], { day, topId: 'province' }).problems[0]
        ?.reason
    expect(['far', 'gone', 'new', 'changed'].map(reasonOf)).toEqual([
      'outside-area',
      'ended-already',
      'not-begun',
      'later-change',
    ])
  })

  it('changes nothing by itself, so that the other steps stand as they are', () => {
    const { problems: found, effects } = run(merge(['A', 'X'], 'B'), {
      kind: 'change',
      bodyId: 'A',
      name: 'Mới',
    })
    expect(found).toHaveLength(1)
    expect([effects.ended, effects.changed.map(({ name }) => name)]).toEqual([[], ['Mới']])
  })
})

it('warns of two bodies of one name side by side', () => {
  const named = [...tree, body('b2', 'B', { name: 'Tên a1' })]
  expect(simulate(named, [merge(['A'], 'B')], { day, topId: 'province' }).warnings).toEqual([
    { step: 0, reason: 'same-name', bodyId: 'b2', otherId: 'a1' },
  ])
})
