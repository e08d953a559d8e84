import { expect, it } from 'vitest'
import { seededRandom } from './seeded-random.ts'

const draw = (seed: number) => {
  const random = seededRandom(seed)
  return [random.between(1, 6), random.pick(['a', 'b', 'c']), random.chance(0.5), random.id(), random.id()]
}

it('draws the same with the same seed, and other things with another', () => {
  expect(draw(1)).toEqual(draw(1))
  expect(draw(1)).not.toEqual(draw(2))
})

it('stays within its bounds and reaches both', () => {
  const random = seededRandom(7)
  const drawn = new Set(Array.from({ length: 500 }, () => random.between(1, 6)))
  expect([...drawn].sort()).toEqual([1, 2, 3, 4, 5, 6])
})

it('never picks what weighs nothing', () => {
  const random = seededRandom(3)
  const drawn = Array.from({ length: 500 }, () =>
    random.pickWeighted([
      ['never', 0],
      ['often', 3],
      ['seldom', 1],
    ]),
  )
  expect(new Set(drawn)).toEqual(new Set(['often', 'seldom']))
})

it('makes ids of version 7 that are all different and sort as they were made', () => {
  const random = seededRandom(5)
  const ids = Array.from({ length: 2_000 }, random.id)
  expect(
    ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)),
  ).toBe(true)
  expect(new Set(ids).size).toBe(2_000)
  expect(ids.toSorted()).toEqual(ids)
})
