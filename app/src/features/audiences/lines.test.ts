import { describe, expect, it } from 'vitest'
import { seededRandom } from '#server/platform/seeded-random.ts'
import {
  type AudienceLine,
  audienceOfLines,
  emptyLine,
  joins,
  linesAsQuery,
  linesFrom,
  linesOf,
  whos,
} from './lines.ts'
import { audienceSchema, meetings, places, posts } from './schema.ts'

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
          place: random.pick(places),
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

  it('cannot be shown in lines where it is nested otherwise', () => {
    const cells = { type: 'every' as const, kinds: ['cell' as const], reach: 'below' as const }
    expect(linesOf({ type: 'persons', ids: [] })).toBeUndefined()
    expect(
      linesOf({
        type: 'difference',
        from: cells,
        without: { type: 'union', parts: [cells, { type: 'self' }] },
      }),
    ).toBeUndefined()
  })
})
