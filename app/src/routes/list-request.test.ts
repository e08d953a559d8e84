import { describe, expect, test } from 'vitest'
import { type ListRequest, listRequest, readPage } from './list-request.ts'

const at = (query: string): URL => new URL(`http://127.0.0.1/plans?${query}`)

describe('a page number in an address', () => {
  test.each([
    ['', 1],
    ['page=1', 1],
    ['page=7', 7],
    ['page=2.9', 2],
    ['page=0', 1],
    ['page=-3', 1],
    ['page=NaN', 1],
    ['page=hai', 1],
    ['page=1e300', 100_000],
    ['page=Infinity', 100_000],
    ['page=-Infinity', 1],
    ['page=%00', 1],
    ['page=2&page=5', 2],
  ])('%s: page %i', (query, page) => {
    expect(listRequest(at(query), 30)).toEqual({ search: '', page, offset: (page - 1) * 30, limit: 30 })
  })

  test('is read from the part that the list is named by', () => {
    expect(listRequest(at('page=4&groups=2'), 20, 'groups').offset).toBe(20)
  })

  test('stands beside words searched for, without what no database holds', () => {
    expect(listRequest(at('q=%20s%C3%A1ch%00%20b%C3%A1o%20'), 30).search).toBe('sách báo')
  })
})

describe('a page of a list', () => {
  const rows = Array.from({ length: 65 }, (_, at) => at + 1)
  /** As `count(*) over ()` does it: a page without rows has no total. */
  const listOf = (many: readonly number[]) => {
    const asked: number[] = []
    const read = async ({ page, offset, limit }: ListRequest): Promise<{ rows: number[]; total: number }> => {
      asked.push(page)
      const cut = many.slice(offset, offset + limit)
      return { rows: cut, total: cut.length > 0 ? many.length : 0 }
    }
    return { asked, read }
  }

  test('is read once where there is one', async () => {
    const { asked, read } = listOf(rows)
    expect(await readPage(listRequest(at('page=3'), 30), read)).toEqual({
      rows: [61, 62, 63, 64, 65],
      total: 65,
      page: 3,
    })
    expect(asked).toEqual([3])
  })

  test('behind the end is the last one', async () => {
    const { asked, read } = listOf(rows)
    expect(await readPage(listRequest(at('page=900'), 30), read)).toEqual({
      rows: [61, 62, 63, 64, 65],
      total: 65,
      page: 3,
    })
    expect(asked).toEqual([900, 1, 3])
  })

  test('behind the end of a list of one page is that page, and of an empty list its emptiness', async () => {
    const { asked, read } = listOf(rows.slice(0, 2))
    expect(await readPage(listRequest(at('page=2'), 30), read)).toEqual({ rows: [1, 2], total: 2, page: 1 })
    expect(asked).toEqual([2, 1])
    expect(await readPage(listRequest(at('page=2'), 30), listOf([]).read)).toEqual({
      rows: [],
      total: 0,
      page: 1,
    })
  })

  test('is found without a first reading where the list knows its length anyhow', async () => {
    const asked: number[] = []
    const read = async ({ page }: ListRequest) => {
      asked.push(page)
      return { total: 60 }
    }
    expect(await readPage(listRequest(at('page=3'), 30), read)).toEqual({ total: 60, page: 2 })
    expect(asked).toEqual([3, 2])
  })
})
