import { describe, expect, it } from 'vitest'
import { seededRandom } from '#server/platform/seeded-random.ts'
import {
  type AudienceLine,
  audienceOfLines,
  emptyLine,
  joins,
  linePlaces,
  linesAsQuery,
  linesFrom,
  linesOf,
  whos,
} from './lines.ts'
import { audienceSchema, meetings, posts } from './schema.ts'

const [one, other] = ['0190a7c2-0000-7000-8000-000000000001', '0190a7c2-0000-7000-8000-000000000002']
const secretaries: AudienceLine = { ...emptyLine }

describe('an audience written by choosing', () => {
  it('is what its lines come to, each joined to all above it', () => {
    const principals: AudienceLine = { ...emptyLine, post: 'principal', kinds: ['school'], named: 'tieu hoc' }
    const own: AudienceLine = { ...emptyLine, who: 'bodies', place: 'itself', kinds: [], join: 'without' }
    expect(audienceOfLines([secretaries, principals, own])).toEqual({
      type: 'difference',
      from: {
        type: 'union',
        parts: [
          { type: 'holders', post: 'secretary', of: { type: 'every', kinds: ['cell'], reach: 'below' } },
          {
            type: 'holders',
            post: 'principal',
            of: { type: 'every', kinds: ['school'], reach: 'below', named: ['tieu hoc'] },
          },
        ],
      },
      without: { type: 'self' },
    })
    expect(audienceOfLines([])).toBeUndefined()
  })

  it('goes into an address and into an expression, and comes back meaning the same', () => {
    const random = seededRandom(7)
    for (let turn = 0; turn < 300; turn++) {
      const lines = Array.from(
        { length: random.between(1, 4) },
        (): AudienceLine => ({
          join: random.pick(joins),
          who: random.pick(whos),
          post: random.pick(posts),
          title: random.pick(['Hiệu trưởng', 'Chi ủy viên']),
          statuses: random.pick([['official'], ['union-member', 'association-member']]),
          meeting: random.chance(0.5) ? random.pick(meetings) : null,
          place: random.pick(linePlaces),
          bodies: random.pick([[], [one], [one, other]]),
          persons: random.pick([[], [other]]),
          find: '',
          kinds: random.pick([[], ['cell'], ['school', 'union']]),
          named: random.pick(['', 'khu']),
        }),
      )
      expect(linesFrom(linesAsQuery(lines))).toEqual(lines)
      const audience = audienceOfLines(lines)
      expect(audienceSchema.parse(audience)).toEqual(audience)
      const back = audience && linesOf(audience)
      if (back) expect(audienceOfLines(back)).toEqual(audience)
    }
  })

  it('names bodies and persons that are chosen one by one, each once; what is no id is none', () => {
    const query = new URLSearchParams(
      `who0=holders&post0=secretary&place0=chosen&bodies0=${one}&bodies0=${one}&bodies0=hack` +
        `&who1=persons&persons1=${other}&join1=without&find1=lan`,
    )
    const audience = audienceOfLines(linesFrom(query))
    expect(audience).toEqual({
      type: 'difference',
      from: { type: 'holders', post: 'secretary', of: { type: 'organisations', ids: [one] } },
      without: { type: 'persons', ids: [other] },
    })
    expect(audience && linesOf(audience)?.map(({ who, bodies, persons }) => [who, bodies, persons])).toEqual([
      ['holders', [one], []],
      ['persons', [], [other]],
    ])
  })

  it('cannot be shown in lines where it is nested otherwise', () => {
    const cells = { type: 'every' as const, kinds: ['cell' as const], reach: 'below' as const }
    const many = Array.from({ length: 41 }, (_, at) => `0190a7c2-0000-7000-8000-0000000000${at + 10}`)
    expect(linesOf({ type: 'persons', ids: many })).toBeUndefined()
    expect(linesOf({ type: 'organisations', ids: many })).toBeUndefined()
    expect(
      linesOf({
        type: 'difference',
        from: cells,
        without: { type: 'union', parts: [cells, { type: 'self' }] },
      }),
    ).toBeUndefined()
  })
})
