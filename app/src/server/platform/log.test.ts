import { describe, expect, test } from 'vitest'
import { describeError, type LogFields, openLog } from './log.ts'

function linesOf(write: (log: ReturnType<typeof openLog>) => void): Record<string, unknown>[] {
  const lines: string[] = []
  write(openLog('info', { write: (line) => lines.push(line) }))
  return lines.map((line) => JSON.parse(line))
}

describe('the log', () => {
  test('writes one line of JSON an event, with the fields that are allowed', () => {
    const withMore: LogFields & { email: string } = { requestId: 'r1', status: 200, email: 'lan@example.vn' }
    const [line] = linesOf((log) => log.info(withMore, 'request'))
    expect({ ...line, time: 'now' }).toEqual({
      level: 'info',
      time: 'now',
      requestId: 'r1',
      status: 200,
      event: 'request',
    })
  })

  test('leaves out what is below its level', () => {
    expect(linesOf((log) => log.debug({}, 'detail'))).toEqual([])
  })

  test("keeps no words of the database's errors: they quote rows", () => {
    const error = Object.assign(new Error('duplicate key'), {
      severity: 'ERROR',
      code: '23505',
      table: 'account',
      constraint: 'account_email_key',
      detail: 'Key (email)=(lan@example.vn) already exists.',
    })
    const described = describeError(error)
    expect({ ...described, at: [] }).toEqual({
      name: 'Error',
      code: '23505',
      table: 'account',
      constraint: 'account_email_key',
      at: [],
    })
    expect(JSON.stringify(described)).not.toContain('lan@example.vn')
  })

  test('says where in the program an error of ours happened', () => {
    const described = describeError(new TypeError('x is not a function'))
    expect(described['message']).toBe('x is not a function')
    expect(String(described['at'])).toContain('log.test.ts')
  })
})
