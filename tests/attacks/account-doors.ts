import type { DoingDoor, Door } from './door.ts'

/** The doors of accounts: where one comes in, one's own account, and those that an administrator keeps. */
export const accountDoors: Readonly<Record<string, Door>> = {
  'GET /sign-in/code': { open: 'the second step of signing in; it asks for the first' },
  'POST /sign-in/code': { open: 'the second step of signing in; it asks for the first' },
  'GET /sign-in/forgotten': { open: 'it says the same to everybody' },
  'POST /sign-in/forgotten': { open: 'it says the same to everybody, and a job looks for the account' },
  'GET /sign-in/passkey': { open: 'it is where one signs in' },
  'POST /sign-in/passkey/options': { open: 'it names no passkey: the device knows its own' },
  'POST /sign-in/passkey/answer': { open: 'it takes a signature over what it asked a moment ago' },
  'GET /sign-in/service': { open: 'it leads to the service of the office' },
  'POST /sign-in/service': { open: 'it leads to the service of the office' },
  'GET /sign-in/library/callback/[provider]': {
    open: 'the way back from that service, for who was sent there',
  },
  'GET /invitations': { open: 'it asks for the code of a slip' },
  'POST /invitations': { open: 'it leads to the page of the code' },
  'GET /invitations/[code]': { open: 'to whom was given the code' },
  'POST /invitations/[code]': { open: 'to whom was given the code, once' },
  'GET /invitations/[code]/service': { open: 'it leads to the service of the office' },
  'POST /invitations/[code]/service': { open: 'to whom was given the code, once' },
  'GET /feeds/events.ics': { open: 'it asks for an app password: tests/journeys/feeds.test.ts' },

  'GET /account': { path: () => '/account', opens: 'all' },
  'GET /account/two-step': { path: () => '/account/two-step', opens: 'all' },
  'GET /account/passkeys': { path: () => '/account/passkeys', opens: 'all' },
  'GET /account/feeds': { path: () => '/account/feeds', opens: 'all' },
  ...Object.fromEntries(
    [
      '/account?/password',
      '/account?/endSession',
      '/account?/endOthers',
      '/account?/link',
      '/account?/unlink',
      '/account/two-step?/begin',
      '/account/two-step?/confirm',
      '/account/two-step?/renew',
      '/account/two-step?/end',
      '/account/passkeys?/rename',
      '/account/passkeys?/remove',
      '/account/passkeys/options',
      '/account/passkeys/answer',
      '/account/feeds?/make',
      '/account/feeds?/revoke',
    ].map((path): [string, DoingDoor] => [
      `POST ${path}`,
      { path: () => path, fields: () => ({}), answers: 'own' },
    ]),
  ),

  // The attackers administer nothing, or the whole of which the first commune is a part: for them see
  // tests/journeys/account-administration.test.ts.
  'GET /accounts': { path: () => '/accounts', opens: 'all' },
  'GET /accounts/new': { path: () => '/accounts/new', opens: 'all' },
  'GET /accounts/[id]': { path: (rows) => `/accounts/${rows.document}`, opens: [] },
  'GET /accounts/[id]/guest': { path: (rows) => `/accounts/${rows.document}/guest`, opens: [] },
  'POST /accounts/[id]/guest': {
    path: (rows) => `/accounts/${rows.document}/guest`,
    fields: (rows) => ({ thing: rows.document, from: '2026-01-01', to: '2099-01-01' }),
    answers: 'hidden',
  },
  'GET /guest': { path: () => '/guest', opens: 'all' },
  'GET /guest/[id]': { path: (rows) => `/guest/${rows.document}`, opens: [] },
  'GET /outbox': { path: () => '/outbox', opens: 'all' },
  'GET /outbox/[id]': { path: (rows) => `/outbox/${rows.document}`, opens: [] },
  'POST /accounts?/invite': {
    path: () => '/accounts?/invite',
    fields: (rows) => ({ account: rows.document }),
    answers: 'quiet',
  },
  'POST /accounts?/rule': {
    path: () => '/accounts?/rule',
    fields: (rows) => ({ organisation: rows.document, administrators: 'yes' }),
    answers: 'hidden',
  },
  'POST /accounts/new': { path: () => '/accounts/new', fields: () => ({}), answers: 'own' },
  'POST /outbox?/send': { path: () => '/outbox?/send', fields: () => ({}), answers: 'quiet' },
  ...Object.fromEntries(
    ['invite', 'revoke', 'give', 'end', 'off', 'on', 'clear', 'unlock'].map((action): [string, DoingDoor] => [
      `POST /accounts/[id]?/${action}`,
      { path: (rows) => `/accounts/${rows.document}?/${action}`, fields: () => ({}), answers: 'hidden' },
    ]),
  ),
  ...Object.fromEntries(
    ['send', 'discard'].map((action): [string, DoingDoor] => [
      `POST /outbox/[id]?/${action}`,
      { path: (rows) => `/outbox/${rows.document}?/${action}`, fields: () => ({}), answers: 'hidden' },
    ]),
  ),
}
