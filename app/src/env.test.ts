import { describe, expect, test } from 'vitest'
import { hostInUrl, readSettings, settingsTable } from './env.ts'

describe('settings', () => {
  test('have values that stand where nothing is given, and an empty value is nothing', () => {
    expect(readSettings({ PORT: '', DATA_DIR: '/srv/dữ liệu', WEB_PROCESSES: '3' })).toEqual({
      ok: true,
      settings: {
        port: 3000,
        host: '127.0.0.1',
        baseUrl: 'http://127.0.0.1:3000',
        baseUrlIsGiven: false,
        dataDir: '/srv/dữ liệu',
        databaseUrl: undefined,
        logLevel: 'info',
        mostUploadBytes: 50_000_000,
        jobsAtOnce: 2,
        webProcesses: 3,
        authSecret: undefined,
        singleSignOn: undefined,
        smtpUrl: undefined,
        mailFrom: 'Triển khai <khong-tra-loi@localhost>',
        addressHeader: undefined,
        mostPerMinute: { search: 600, export: 30, upload: 120, feed: 30 },
        keepDays: {
          sessions: 30,
          failures: 30,
          letters: 90,
          notices: 730,
          commands: 30,
          drafts: 730,
          looks: 1095,
        },
      },
    })
  })

  test('are taken from the environment', () => {
    const outcome = readSettings({
      PORT: '8080',
      HOST: '::',
      BASE_URL: 'https://trienkhai.example.vn',
      DATA_DIR: '/srv/data',
      DATABASE_URL: 'postgresql://app:secret@db/trienkhai',
      LOG_LEVEL: 'warn',
      MAX_UPLOAD_MB: '5',
      WORKERS: '0',
      WEB_PROCESSES: '1',
      AUTH_SECRET: 'x'.repeat(32),
      OIDC_ISSUER: 'https://dangnhap.example.vn',
      OIDC_CLIENT_ID: 'trienkhai',
      OIDC_CLIENT_SECRET: 'bí mật',
      OIDC_LABEL: 'tài khoản tỉnh',
      SMTP_URL: 'smtp://vanphong:x@thu.example.vn:587',
      MAIL_FROM: 'Văn phòng <vanphong@example.vn>',
      CLIENT_ADDRESS_HEADER: 'X-Forwarded-For',
      LIMIT_SEARCHES: '0',
      KEEP_DRAFTS_DAYS: '365',
    })
    expect(outcome).toEqual({
      ok: true,
      settings: {
        port: 8080,
        host: '::',
        baseUrl: 'https://trienkhai.example.vn',
        baseUrlIsGiven: true,
        dataDir: '/srv/data',
        databaseUrl: 'postgresql://app:secret@db/trienkhai',
        logLevel: 'warn',
        mostUploadBytes: 5_000_000,
        jobsAtOnce: 0,
        webProcesses: 1,
        authSecret: 'x'.repeat(32),
        singleSignOn: {
          issuer: 'https://dangnhap.example.vn',
          clientId: 'trienkhai',
          clientSecret: 'bí mật',
          label: 'tài khoản tỉnh',
        },
        smtpUrl: 'smtp://vanphong:x@thu.example.vn:587',
        mailFrom: 'Văn phòng <vanphong@example.vn>',
        addressHeader: 'x-forwarded-for',
        mostPerMinute: { search: 0, export: 30, upload: 120, feed: 30 },
        keepDays: {
          sessions: 30,
          failures: 30,
          letters: 90,
          notices: 730,
          commands: 30,
          drafts: 365,
          looks: 1095,
        },
      },
    })
  })

  test('that are wrong are all told at once, and a secret is not shown', () => {
    const outcome = readSettings({
      PORT: '70000',
      BASE_URL: 'https://example.vn/path',
      DATABASE_URL: 'mysql://root:secret@db',
      LOG_LEVEL: 'loud',
      MAX_UPLOAD_MB: '1.5',
      WORKERS: '-1',
      AUTH_SECRET: 'short',
      TRIENKHAI_LANG: 'fr',
      OIDC_ISSUER: 'https://dangnhap.example.vn',
      OIDC_CLIENT_ID: 'trienkhai',
      SMTP_URL: 'thu.example.vn',
      MAIL_FROM: 'văn phòng',
    })
    expect(outcome.ok).toBe(false)
    const problems = outcome.ok ? [] : outcome.problems.map(({ name, given }) => `${name}=${given}`)
    expect(problems).toEqual([
      'PORT=70000',
      'BASE_URL=https://example.vn/path',
      'DATABASE_URL=…',
      'LOG_LEVEL=loud',
      'TRIENKHAI_LANG=fr',
      'AUTH_SECRET=…',
      'OIDC_CLIENT_SECRET=…',
      'SMTP_URL=…',
      'MAIL_FROM=văn phòng',
      'MAX_UPLOAD_MB=1.5',
      'WORKERS=-1',
    ])
  })

  test('are each described in both languages', () => {
    for (const { name, means } of settingsTable) {
      expect([name, means.vi.length > 10, means.en.length > 10]).toEqual([name, true, true])
    }
  })
})

test('an address of IPv6 stands in brackets in a URL', () => {
  expect([hostInUrl('::1'), hostInUrl('localhost'), hostInUrl('0.0.0.0')]).toEqual([
    '[::1]',
    'localhost',
    '127.0.0.1',
  ])
})
