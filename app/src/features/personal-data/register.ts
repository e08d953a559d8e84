import type { PersonalKind } from './kinds.ts'

/** How a row is somebody's: by a column that names the person, or one of their accounts. */
export interface Link {
  column: string
  of: 'person' | 'account'
  /** Where the column holds a whole row that is no more: the column of that row. */
  key?: string
}

export interface RegisterEntry {
  table: string
  kind: PersonalKind
  links: readonly Link[]
  /**
   * Columns that tell the person what is held; none: only how many rows there are (secrets, which nobody is shown, and
   * tables that the program's role cannot read).
   */
  shows: readonly string[]
  /** The program's role may read no row of it: it is named here, and removed with the account. */
  isSealed?: boolean
}

const person = (column = 'person_id'): Link => ({ column, of: 'person' })
const goneAccount = (key: string): Link => ({ column: 'content', of: 'account', key })
const account = (column = 'account_id'): Link => ({ column, of: 'account' })

/**
 * Every table that holds something of somebody's. What is held about a person is read by walking it, so a table that is
 * not in it would be kept from them: a test compares it with the database, reference by reference.
 */
export const register: readonly RegisterEntry[] = [
  {
    table: 'person',
    kind: 'name',
    links: [person('id'), person('merged_into')],
    shows: ['full_name', 'created_at'],
  },
  {
    table: 'person_detail',
    kind: 'details',
    links: [person()],
    shows: ['born_on', 'born_known_to', 'sex', 'phone', 'email', 'party_card', 'joined_on', 'official_on'],
  },
  {
    table: 'person_merge',
    kind: 'name',
    links: [person('kept_id'), person('merged_id')],
    shows: ['merged_name', 'reason', 'merged_at', 'undone_at'],
  },
  {
    table: 'person_merge',
    kind: 'acts',
    links: [account('merged_by'), account('undone_by')],
    shows: ['merged_at'],
  },
  {
    table: 'person_apart',
    kind: 'name',
    links: [person('one_id'), person('other_id')],
    shows: ['decided_at'],
  },
  { table: 'person_apart', kind: 'acts', links: [account('decided_by')], shows: ['decided_at'] },
  {
    table: 'membership',
    kind: 'membership',
    links: [person()],
    shows: ['organisation_id', 'status', 'from_on', 'to_on'],
  },
  {
    table: 'membership_exemption',
    kind: 'membership',
    links: [person()],
    shows: ['organisation_id', 'reason', 'from_on', 'to_on'],
  },
  {
    table: 'temporary_membership',
    kind: 'membership',
    links: [person()],
    shows: ['home_id', 'host_id', 'place', 'status', 'from_on', 'to_on'],
  },
  {
    table: 'post',
    kind: 'posts',
    links: [person()],
    shows: ['organisation_id', 'title', 'from_on', 'to_on', 'decision'],
  },
  {
    table: 'event_person',
    kind: 'attendance',
    links: [person()],
    shows: ['event_id', 'organisation_id', 'capacity'],
  },
  {
    table: 'account',
    kind: 'account',
    links: [account('id'), person()],
    shows: ['name', 'username', 'email', 'language', 'image', 'created_at', 'last_signed_in_at', 'off_at'],
  },
  {
    table: 'role_grant',
    kind: 'rights',
    links: [account()],
    shows: ['role', 'organisation_id', 'from_on', 'to_on', 'given_by', 'given_at'],
  },
  {
    table: 'role_grant',
    kind: 'acts',
    links: [account('given_by')],
    shows: ['role', 'organisation_id', 'given_at'],
  },
  {
    table: 'two_step_rule',
    kind: 'acts',
    links: [account('decided_by')],
    shows: ['organisation_id', 'decided_at'],
  },
  { table: 'credential', kind: 'keys', links: [account('user_id')], shows: [], isSealed: true },
  { table: 'two_factor', kind: 'keys', links: [account('user_id')], shows: [], isSealed: true },
  { table: 'known_device', kind: 'sessions', links: [account()], shows: [], isSealed: true },
  {
    table: 'passkey',
    kind: 'keys',
    links: [account('user_id')],
    shows: ['name', 'device_type', 'created_at'],
  },
  {
    table: 'app_password',
    kind: 'keys',
    links: [account()],
    shows: ['name', 'made_at', 'last_used_at', 'revoked_at'],
  },
  {
    table: 'invitation',
    kind: 'keys',
    links: [account()],
    shows: ['purpose', 'by', 'made_at', 'expires_at', 'used_at', 'revoked_at'],
  },
  { table: 'invitation', kind: 'acts', links: [account('made_by')], shows: ['purpose', 'made_at'] },
  {
    table: 'session',
    kind: 'sessions',
    links: [account('user_id')],
    shows: ['ip_address', 'user_agent', 'method', 'is_shared', 'created_at'],
  },
  {
    table: 'letter',
    kind: 'letters',
    links: [account()],
    shows: ['kind', 'to_address', 'state', 'made_at', 'closed_at'],
  },
  {
    table: 'notice',
    kind: 'notices',
    links: [account()],
    shows: ['kind', 'plan_id', 'created_at', 'read_at'],
  },
  { table: 'command', kind: 'commands', links: [account()], shows: ['operation', 'done_at'] },
  { table: 'document', kind: 'acts', links: [account('created_by')], shows: ['file_name', 'created_at'] },
  {
    table: 'plan',
    kind: 'acts',
    links: [account('launched_by'), account('closed_by')],
    shows: ['number', 'subject', 'launched_at', 'closed_at'],
  },
  { table: 'plan_review', kind: 'drafts', links: [account('updated_by')], shows: ['plan_id', 'updated_at'] },
  { table: 'phrase_audience', kind: 'acts', links: [account('decided_by')], shows: ['phrase', 'decided_at'] },
  {
    table: 'amendment',
    kind: 'acts',
    links: [account('amended_by')],
    shows: ['plan_id', 'reason', 'amended_at'],
  },
  { table: 'audience', kind: 'acts', links: [account('made_by')], shows: ['name', 'made_at'] },
  {
    table: 'assignment',
    kind: 'acts',
    links: [account('done_by')],
    shows: ['plan_id', 'task_id', 'done_at'],
  },
  { table: 'progress', kind: 'acts', links: [account()], shows: ['assignment_id', 'step', 'note', 'at'] },
  {
    table: 'obstacle',
    kind: 'acts',
    links: [account('raised_by'), account('answered_by')],
    shows: ['assignment_id', 'text', 'raised_at', 'answered_at'],
  },
  {
    table: 'report_duty',
    kind: 'acts',
    links: [account('submitted_by')],
    shows: ['plan_id', 'file_name', 'submitted_at'],
  },
  {
    table: 'evidence',
    kind: 'evidence',
    links: [account('added_by')],
    shows: ['assignment_id', 'title', 'added_at'],
  },
  {
    table: 'bygone',
    kind: 'acts',
    links: [
      goneAccount('added_by'),
      goneAccount('done_by'),
      goneAccount('submitted_by'),
      goneAccount('launched_by'),
      goneAccount('closed_by'),
    ],
    shows: ['kind', 'plan_id', 'gone_at'],
  },
  {
    table: 'paper',
    kind: 'drafts',
    links: [account('created_by'), account('issued_by')],
    shows: ['kind', 'title', 'created_at', 'updated_at', 'issued_at'],
  },
  {
    table: 'reorganisation',
    kind: 'drafts',
    links: [account('created_by'), account('scheduled_by')],
    shows: ['title', 'scheduled_at'],
  },
  { table: 'data_import', kind: 'imports', links: [account()], shows: ['file_name', 'state'] },
  {
    table: 'record_entry',
    kind: 'record',
    links: [account()],
    shows: ['operation', 'subject_kind', 'subject_id', 'done_at'],
  },
  {
    table: 'erasure_request',
    kind: 'requests',
    links: [account(), person()],
    shows: ['state', 'reason', 'asked_at', 'decided_at', 'answer'],
  },
  { table: 'erasure_request', kind: 'acts', links: [account('decided_by')], shows: ['state', 'decided_at'] },
]

/**
 * Columns whose names sound personal and that hold nothing of a person's, each with its reason; a test asks for a new
 * one to be named here or shown above.
 */
export const notPersonal: Readonly<Record<string, string>> = {
  'audience.name': 'what an office calls a group; shown to who made it',
  'credential.access_token': 'never kept: see features/accounts',
  'credential.id_token': 'never kept: see features/accounts',
  'credential.refresh_token': 'never kept: see features/accounts',
  'credential.password': 'a hash, for the sign-in role alone; removed with the account',
  'app_password.secret_hash': 'a keyed hash, for the sign-in role alone; removed with the account',
  'two_factor.secret': 'sealed, for the sign-in role alone; removed with the account',
  'session.token': 'for the sign-in role alone; removed with the account',
  'verification.identifier':
    'a state of the sign-in library; runs out within minutes and is removed by retention',
  'data_import_row.born_on': 'a row of a sheet that waits to be imported; goes with the import',
  'data_import_row.name_key': 'a row of a sheet that waits to be imported; goes with the import',
  'event.title': 'of an event',
  'expected.name': 'of an organisation',
  'organisation.name': 'of an organisation',
  'organisation_period.name': 'of an organisation',
  'person.name_words': 'made from the name, and changes with it',
  'person_detail.phone_key': 'made from the phone number, and changes with it',
  'post_title.name': 'of a post, whoever holds it',
  'post_title.official': 'of a post',
}
