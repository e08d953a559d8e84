import { newId } from '../../app/src/server/platform/ids.ts'
import type { FormFields } from '../helpers/session.ts'
import { administrators, type DoingDoor, type Door } from './door.ts'
import type { PlantedRows } from './planted-rows.ts'

type Fields = (rows: PlantedRows) => FormFields

/** A form of one's own account, sent with a key of another's. */
const ofOwn = (
  path: string,
  answers: 'own' | 'quiet',
  fields: Fields = () => ({}),
): Record<string, Door> => ({
  [`POST ${path}`]: { path: () => path, fields, answers },
})

/** A form of an account's page. */
const ofAccount = (action: string, fields: Fields = () => ({})): Record<string, DoingDoor> => ({
  [`POST /accounts/[id]?/${action}`]: {
    path: ({ kept }) => `/accounts/${kept.account}?/${action}`,
    fields,
    answers: 'hidden',
    mayPass: administrators,
  },
})

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
  'GET /feeds/events.ics': {
    open: 'it asks for an app password: ways-in.test.ts, and roles-and-relations.test.ts with one',
  },

  'GET /account': { path: () => '/account', opens: 'all' },
  'GET /account/two-step': { path: () => '/account/two-step', opens: 'all' },
  'GET /account/passkeys': { path: () => '/account/passkeys', opens: 'all' },
  'GET /account/feeds': { path: () => '/account/feeds', opens: 'all' },
  ...ofOwn('/account?/password', 'own'),
  ...ofOwn('/account?/endSession', 'quiet', ({ kept }) => ({ session: kept.session })),
  ...ofOwn('/account?/endOthers', 'own'),
  ...ofOwn('/account?/link', 'own'),
  ...ofOwn('/account?/unlink', 'own'),
  ...ofOwn('/account/two-step?/begin', 'own'),
  ...ofOwn('/account/two-step?/confirm', 'own'),
  ...ofOwn('/account/two-step?/renew', 'own'),
  ...ofOwn('/account/two-step?/end', 'own'),
  ...ofOwn('/account/passkeys?/rename', 'quiet', ({ kept }) => ({
    passkey: kept.passkey,
    name: 'Của kẻ lạ',
  })),
  ...ofOwn('/account/passkeys?/remove', 'quiet', ({ kept }) => ({ passkey: kept.passkey })),
  ...ofOwn('/account/passkeys/options', 'own'),
  ...ofOwn('/account/passkeys/answer', 'own'),
  ...ofOwn('/account/feeds?/make', 'own'),
  ...ofOwn('/account/feeds?/revoke', 'quiet', ({ kept }) => ({ password: kept.appPassword })),

  'GET /accounts': { path: () => '/accounts?q=Qu%C3%A0ng', owner: 'quantri', opens: 'all' },
  'GET /accounts/new': {
    path: ({ person }) => `/accounts/new?person=${person}`,
    opens: administrators,
  },
  'GET /accounts/[id]': {
    path: ({ kept }) => `/accounts/${kept.account}`,
    owner: 'quantri',
    opens: administrators,
  },
  'GET /accounts/[id]/guest': {
    path: ({ kept }) => `/accounts/${kept.account}/guest`,
    opens: administrators,
  },
  'POST /accounts/[id]/guest': {
    path: ({ kept }) => `/accounts/${kept.account}/guest`,
    fields: ({ event }) => ({ thing: event, from: '2026-01-01', to: '2099-01-01' }),
    answers: 'hidden',
    mayPass: administrators,
  },
  'GET /guest': { path: () => '/guest', opens: 'all' },
  'GET /guest/[id]': { path: ({ event }) => `/guest/${event}`, opens: [] },
  'GET /outbox': { path: () => '/outbox', owner: 'quantri', opens: 'all' },
  'GET /outbox/[id]': {
    path: ({ kept }) => `/outbox/${kept.letter}`,
    owner: 'quantri',
    opens: administrators,
  },
  'POST /accounts?/invite': {
    path: () => '/accounts?/invite',
    fields: ({ kept }) => ({ account: kept.account, by: 'slip' }),
    answers: 'quiet',
    mayPass: administrators,
  },
  'POST /accounts?/rule': {
    path: () => '/accounts?/rule',
    fields: ({ office }) => ({ organisation: office, administrators: 'yes' }),
    answers: 'hidden',
  },
  'POST /accounts/new': {
    path: () => '/accounts/new',
    fields: ({ person, cell }) => ({
      person,
      username: `ke.la.${newId().slice(-10)}`,
      organisation: cell,
      place: cell,
      role: 'secretary',
      from: '2026-01-01',
    }),
    answers: 'own',
  },
  'POST /outbox?/send': {
    path: () => '/outbox?/send',
    fields: () => ({}),
    answers: 'quiet',
    mayPass: administrators,
  },
  ...ofAccount('invite', () => ({ by: 'slip' })),
  ...ofAccount('revoke'),
  ...ofAccount('give', ({ cell }) => ({ role: 'secretary', organisation: cell, from: '2026-01-01', to: '' })),
  ...ofAccount('end', ({ kept }) => ({ right: kept.right })),
  ...ofAccount('off'),
  ...ofAccount('on'),
  ...ofAccount('clear'),
  ...ofAccount('unlock'),
  ...Object.fromEntries(
    ['send', 'discard'].map((action): [string, DoingDoor] => [
      `POST /outbox/[id]?/${action}`,
      {
        path: ({ kept }) => `/outbox/${kept.letter}?/${action}`,
        fields: () => ({}),
        answers: 'hidden',
        mayPass: administrators,
      },
    ]),
  ),
}
