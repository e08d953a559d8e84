import { describe, expect, test, vi } from 'vitest'
import { untilSent } from './until-sent.ts'

const portions = (...texts: string[]): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start: (controller) => {
      for (const text of texts) controller.enqueue(new TextEncoder().encode(text))
      controller.close()
    },
  })

describe('an answer that is watched', () => {
  test('is the same, and says once when all of it has gone out', async () => {
    const ended = vi.fn(async () => {})
    const answer = untilSent(
      new Response(portions('một ', 'hai'), { status: 206, headers: { 'x-request-id': 'r1' } }),
      ended,
    )
    expect(ended).not.toHaveBeenCalled()
    expect([answer.status, answer.headers.get('x-request-id'), await answer.text()]).toEqual([
      206,
      'r1',
      'một hai',
    ])
    expect(ended).toHaveBeenCalledTimes(1)
  })

  test('says so where nobody listens any more, and the source stops', async () => {
    const ended = vi.fn(async () => {})
    const stopped = vi.fn()
    const source = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(10)),
      cancel: stopped,
    })
    const reader = untilSent(new Response(source), ended).body?.getReader()
    await reader?.read()
    await reader?.cancel()
    expect([ended.mock.calls.length, stopped.mock.calls.length]).toEqual([1, 1])
  })

  test('says so where the source breaks, and the error goes through', async () => {
    const ended = vi.fn(async () => {})
    const source = new ReadableStream<Uint8Array>({
      pull: () => {
        throw new Error('the database is gone')
      },
    })
    await expect(untilSent(new Response(source), ended).text()).rejects.toThrow('the database is gone')
    expect(ended).toHaveBeenCalledTimes(1)
  })

  test('says so at once where it has no content', () => {
    const ended = vi.fn(async () => {})
    untilSent(new Response(null, { status: 204 }), ended)
    expect(ended).toHaveBeenCalledTimes(1)
  })
})
