/** Generated from the migrations by `node tools/generate-tables.ts`. Don't edit. */

import type { ColumnType } from "kysely";

export type Generated<T> = T extends ColumnType<infer S, infer I, infer U>
  ? ColumnType<S, I | undefined, U>
  : ColumnType<T, T | undefined, T>;

export type Json = JsonValue;

export type JsonArray = JsonValue[];

export type JsonObject = {
  [x: string]: JsonValue | undefined;
};

export type JsonPrimitive = boolean | number | string | null;

export type JsonValue = JsonArray | JsonObject | JsonPrimitive;

export type Timestamp = ColumnType<Date, Date | string, Date | string>;

export interface Account {
  created_at: Generated<Timestamp>;
  email: string;
  email_verified: Generated<boolean>;
  erased_at: Timestamp | null;
  id: string;
  image: string | null;
  language: Generated<string>;
  last_signed_in_at: Timestamp | null;
  name: string;
  off_at: Timestamp | null;
  organisation_id: string | null;
  person_id: string | null;
  search_key: Generated<string | null>;
  two_factor_enabled: Generated<boolean>;
  updated_at: Generated<Timestamp>;
  username: string | null;
}

export interface Amendment {
  amended_at: Generated<Timestamp>;
  amended_by: string;
  changes: Json;
  id: string;
  plan_id: string;
  reason: string;
}

export interface AppPassword {
  account_id: string;
  id: string;
  last_used_at: Timestamp | null;
  made_at: Generated<Timestamp>;
  name: string;
  revoked_at: Timestamp | null;
  secret_hash: string;
}

export interface Assignment {
  added_on: string | null;
  done_at: Timestamp | null;
  done_by: string | null;
  due_on: string | null;
  evidence_count: Generated<number>;
  group_id: string;
  id: string;
  inherited_from_id: string | null;
  inherited_on: string | null;
  office_id: string;
  open_obstacles: Generated<number>;
  organisation_id: string;
  plan_id: string;
  role: string;
  started_at: Timestamp | null;
  state: Generated<string>;
  task_id: string;
  version: Generated<number>;
}

export interface AssignmentTally {
  count: number;
  done_late: boolean;
  due_on: string | null;
  group_id: string;
  plan_id: string;
  role: string;
  state: string;
  task_id: string;
  with_evidence: boolean;
}

export interface Audience {
  ended_at: Timestamp | null;
  expression: Json;
  id: string;
  key: Generated<string | null>;
  made_at: Generated<Timestamp>;
  made_by: string;
  name: string;
  office_id: string;
  version: number;
}

export interface Bygone {
  content: Json;
  gone_at: Timestamp;
  id: Generated<number>;
  kind: string;
  launched_at: Timestamp;
  office_id: string;
  organisation_id: string | null;
  plan_id: string;
  row_id: string;
}

export interface Command {
  account_id: string;
  done_at: Generated<Timestamp>;
  id: string;
  operation: string;
  outcome: Json;
}

export interface Credential {
  access_token: string | null;
  access_token_expires_at: Timestamp | null;
  account_id: string;
  created_at: Generated<Timestamp>;
  id: string;
  id_token: string | null;
  password: string | null;
  provider_id: string;
  refresh_token: string | null;
  refresh_token_expires_at: Timestamp | null;
  scope: string | null;
  updated_at: Generated<Timestamp>;
  user_id: string;
}

export interface DataImport {
  account_id: string;
  applied_at: Timestamp | null;
  chosen_kind: string | null;
  created_at: Generated<Timestamp>;
  done_rows: Generated<number>;
  file_hash: string | null;
  file_name: string;
  id: string;
  leave_wrong: Generated<boolean>;
  mend_hash: string | null;
  office_id: string;
  refusal: Json | null;
  sheets: Generated<Json>;
  state: Generated<string>;
  total_rows: number | null;
  undone_at: Timestamp | null;
  version: Generated<number>;
}

export interface DataImportRow {
  born_on: string | null;
  cells: Json;
  changes: Json | null;
  decision: string | null;
  facts: Json;
  import_id: string;
  kind: string;
  name_key: string | null;
  number: number;
  problems: Json | null;
  remarks: Json | null;
  search_key: string;
  state: string;
  target_id: string;
}

export interface Document {
  created_at: Generated<Timestamp>;
  created_by: string;
  direction: string;
  file_hash: string | null;
  file_name: string;
  id: string;
  issued_on: string | null;
  issuer: string | null;
  kind: string | null;
  number: string | null;
  office_id: string;
  search_key: Generated<string | null>;
  subject: string | null;
}

export interface DocumentPage {
  document_id: string;
  file_hash: string;
  page: number;
}

export interface DocumentReading {
  document_id: string;
  page: number | null;
  pages: number | null;
  plan: Json | null;
  refusal: string | null;
  source: Json | null;
  stage: string | null;
  state: Generated<string>;
  updated_at: Generated<Timestamp>;
}

export interface ErasureRequest {
  account_id: string;
  answer: string | null;
  asked_at: Generated<Timestamp>;
  decided_at: Timestamp | null;
  decided_by: string | null;
  id: string;
  organisation_id: string;
  person_id: string | null;
  reason: Generated<string>;
  state: Generated<string>;
}

export interface Event {
  agenda: Generated<Json>;
  ends_at: string | null;
  ends_on: string | null;
  id: string;
  invitees: Generated<Json>;
  office_id: string;
  place: string | null;
  plan_id: string;
  starts_at: string | null;
  starts_on: string;
  title: string;
}

export interface EventOrganisation {
  event_id: string;
  organisation_id: string;
}

export interface EventPerson {
  capacity: string;
  event_id: string;
  organisation_id: string;
  person_id: string;
}

export interface Evidence {
  added_at: Generated<Timestamp>;
  added_by: string;
  assignment_id: string;
  file_hash: string | null;
  id: string;
  kind: string;
  title: string;
  url: string | null;
}

export interface Expected {
  added_on: string | null;
  done: Generated<number>;
  first_open_on: string | null;
  group_id: string | null;
  members: Generated<number>;
  name: string;
  organisation_id: string;
  passed_on: string | null;
  passed_to_id: string | null;
  place: Generated<number>;
  plan_id: string;
  search_key: Generated<string | null>;
  tasks: Generated<number>;
}

export interface File {
  hash: string;
  kept_at: Generated<Timestamp>;
  media_type: string;
  size: number;
}

export interface Invitation {
  account_id: string;
  by: string;
  code_hash: string;
  expires_at: Timestamp;
  id: string;
  made_at: Generated<Timestamp>;
  made_by: string | null;
  purpose: string;
  revoked_at: Timestamp | null;
  used_at: Timestamp | null;
}

export interface KnownDevice {
  account_id: string;
  device_hash: string;
  seen_at: Generated<Timestamp>;
}

export interface Letter {
  account_id: string | null;
  attempts: Generated<number>;
  closed_at: Timestamp | null;
  details: Generated<Json>;
  id: string;
  kind: string;
  language: string;
  last_error: string | null;
  made_at: Generated<Timestamp>;
  organisation_id: string | null;
  sealed: string | null;
  state: Generated<string>;
  to_address: string;
}

export interface Membership {
  ended_as: string | null;
  from_on: string;
  id: string;
  organisation_id: string;
  person_id: string;
  status: string;
  to_on: string | null;
}

export interface MembershipExemption {
  from_on: string;
  id: string;
  organisation_id: string;
  person_id: string;
  reason: string;
  to_on: string | null;
}

export interface Notice {
  account_id: string;
  created_at: Generated<Timestamp>;
  details: Generated<Json>;
  id: string;
  kind: string;
  organisation_id: string | null;
  plan_id: string | null;
  read_at: Timestamp | null;
}

export interface Obstacle {
  answer: string | null;
  answered_at: Timestamp | null;
  answered_by: string | null;
  assignment_id: string;
  id: string;
  office_id: string;
  raised_at: Generated<Timestamp>;
  raised_by: string;
  text: string;
}

export interface OfficeSetting {
  before_day: Generated<string>;
  office_id: string;
}

export interface Organisation {
  abbreviation: string | null;
  began_on: string | null;
  created_at: Generated<Timestamp>;
  ended_on: string | null;
  hierarchy: string;
  id: string;
  kind: string;
  name: string;
  parent_id: string | null;
  search_key: Generated<string | null>;
  unit_code: string | null;
}

export interface OrganisationLine {
  ancestor_id: string;
  distance: number;
  organisation_id: string;
}

export interface OrganisationPeriod {
  abbreviation: string | null;
  decision: string | null;
  from_on: string | null;
  id: Generated<string>;
  kind: string;
  name: string;
  organisation_id: string;
  reason: string | null;
  search_key: Generated<string | null>;
  to_on: string | null;
  unit_code: string | null;
}

export interface OrganisationPlace {
  decision: string | null;
  from_on: string | null;
  hierarchy: string;
  id: Generated<string>;
  organisation_id: string;
  parent_id: string | null;
  reason: string | null;
  to_on: string | null;
}

export interface Paper {
  content: Json;
  created_at: Generated<Timestamp>;
  created_by: string;
  figures_on: string;
  follows_id: string | null;
  id: string;
  issued_at: Timestamp | null;
  issued_by: string | null;
  issued_on: string | null;
  kind: string;
  number: string | null;
  office_id: string;
  plan_id: string;
  printed_number: Generated<string | null>;
  title: string;
  updated_at: Generated<Timestamp>;
  version: Generated<number>;
}

export interface Passkey {
  aaguid: string | null;
  backed_up: boolean;
  counter: number;
  created_at: Generated<Timestamp | null>;
  credential_id: string;
  device_type: string;
  id: string;
  name: string | null;
  public_key: string;
  transports: string | null;
  user_id: string;
}

export interface PasswordRequest {
  asked: string;
  asked_at: Generated<Timestamp>;
  id: string;
}

export interface Person {
  created_at: Generated<Timestamp>;
  erased_at: Timestamp | null;
  full_name: string;
  given_key: Generated<string | null>;
  id: string;
  merged_into: string | null;
  name_words: Generated<string | null>;
  search_key: Generated<string | null>;
  sort_key: string;
}

export interface PersonApart {
  decided_at: Generated<Timestamp>;
  decided_by: string;
  one_id: string;
  other_id: string;
}

export interface PersonDetail {
  born_known_to: Generated<string>;
  born_on: string | null;
  email: string | null;
  joined_on: string | null;
  official_on: string | null;
  party_card: string | null;
  person_id: string;
  phone: string | null;
  phone_key: Generated<string | null>;
  sex: string | null;
  updated_at: Generated<Timestamp>;
}

export interface PersonMerge {
  id: string;
  kept_id: string;
  merged_at: Generated<Timestamp>;
  merged_by: string;
  merged_id: string;
  merged_name: string;
  moved: Json;
  reason: string;
  undone_at: Timestamp | null;
  undone_by: string | null;
}

export interface PhraseAudience {
  audience: Json;
  decided_at: Generated<Timestamp>;
  decided_by: string;
  office_id: string;
  phrase: string;
  phrase_key: string;
}

export interface Plan {
  closed_at: Timestamp | null;
  closed_by: string | null;
  closed_on: string | null;
  closed_reason: string | null;
  created_at: Generated<Timestamp>;
  document_id: string;
  id: string;
  issued_on: string | null;
  launched_at: Timestamp | null;
  launched_by: string | null;
  number: string | null;
  office_id: string;
  resolved_on: string | null;
  search_key: Generated<string | null>;
  state: Generated<string>;
  subject: string;
  withdrawn_at: Timestamp | null;
  withdrawn_reason: string | null;
}

export interface PlanReview {
  content: Json;
  plan_id: string;
  updated_at: Generated<Timestamp>;
  updated_by: string;
  version: Generated<number>;
}

export interface Post {
  decision: string | null;
  from_on: string;
  id: string;
  organisation_id: string;
  person_id: string;
  stands_in_for: string | null;
  title: string;
  title_id: string | null;
  to_on: string | null;
}

export interface PostTitle {
  aliases: Generated<string[]>;
  capacities: Generated<string[]>;
  ended_on: string | null;
  english: string | null;
  id: string;
  key: Generated<string | null>;
  kinds: Generated<string[]>;
  name: string;
  office_id: string | null;
  rank: Generated<number>;
  role: string | null;
  seats: number | null;
}

export interface Progress {
  account_id: string;
  assignment_id: string;
  at: Generated<Timestamp>;
  id: string;
  note: string | null;
  step: string;
}

export interface RateLimit {
  expire: number | null;
  key: string;
  points: Generated<number>;
}

export interface RecordEntry {
  account_id: string | null;
  after: Json | null;
  before: Json | null;
  done_at: Generated<Timestamp>;
  id: Generated<number>;
  office_id: string | null;
  operation: string;
  request_id: string | null;
  subject_id: string | null;
  subject_kind: string;
}

export interface RecordSeal {
  content: Buffer;
  entry_id: number;
  hash: Buffer;
  looked_at: Timestamp | null;
  place: number;
  sealed_at: Generated<Timestamp>;
}

export interface RecordUnsealed {
  entry_id: number;
}

export interface RecordVerification {
  broken_entry: number | null;
  broken_how: string | null;
  entries: number;
  head: string | null;
  id: Generated<number>;
  verified_at: Generated<Timestamp>;
}

export interface Reorganisation {
  created_at: Generated<Timestamp>;
  created_by: string;
  decision: string | null;
  done_at: Timestamp | null;
  failure: Json | null;
  id: string;
  office_id: string;
  on_day: string;
  outcome: Json | null;
  reason: string | null;
  scheduled_at: Timestamp | null;
  scheduled_by: string | null;
  state: Generated<string>;
  title: string;
  version: Generated<number>;
}

export interface ReorganisationStep {
  content: Json;
  id: string;
  ordinal: number;
  reorganisation_id: string;
  source: string | null;
}

export interface ReportDuty {
  added_on: string | null;
  body: string | null;
  deadline: Json | null;
  due_on: string | null;
  file_hash: string | null;
  file_name: string | null;
  id: string;
  inherited_from_id: string | null;
  inherited_on: string | null;
  office_id: string;
  ordinal: number;
  organisation_id: string;
  plan_id: string;
  submitted_at: Timestamp | null;
  submitted_by: string | null;
  text: string;
}

export interface RetentionRun {
  kind: string;
  older_than: Timestamp;
  ran_on: string;
  removed: number;
}

export interface RoleGrant {
  account_id: string;
  from_on: string;
  given_at: Generated<Timestamp>;
  given_by: string | null;
  id: string;
  organisation_id: string;
  role: string;
  subject_id: string | null;
  subject_kind: string | null;
  to_on: string | null;
}

export interface SchemaMigration {
  applied_at: Generated<Timestamp>;
  checksum: string;
  file: string;
  version: number;
}

export interface Session {
  created_at: Generated<Timestamp>;
  expires_at: Timestamp;
  id: string;
  ip_address: string | null;
  is_shared: Generated<boolean>;
  method: Generated<string>;
  token: string;
  updated_at: Generated<Timestamp>;
  user_agent: string | null;
  user_id: string;
}

export interface SignInLimit {
  failures: number;
  key: string;
  last_at: Timestamp;
  wait_until: Timestamp | null;
}

export interface Succession {
  from_organisation_id: string;
  id: Generated<string>;
  on_day: string;
  reorganisation_id: string | null;
  takes: string[];
  to_organisation_id: string;
}

export interface Task {
  condition: string | null;
  deadline: Json | null;
  due_on: string | null;
  id: string;
  ordinal: number;
  parties: Generated<Json>;
  plan_id: string;
  product: string | null;
  section: string | null;
  spans: Generated<Json>;
  text: string;
}

export interface TaskTally {
  count: number;
  done_late: boolean;
  due_on: string | null;
  plan_id: string;
  slot: number;
  state: string;
  task_id: string;
  with_evidence: boolean;
}

export interface TemporaryMembership {
  from_on: string;
  home_id: string | null;
  host_id: string | null;
  id: string;
  person_id: string;
  place: string | null;
  status: Generated<string>;
  to_on: string | null;
}

export interface TwoFactor {
  backup_codes: string;
  failed_verification_count: Generated<number>;
  id: string;
  locked_until: Timestamp | null;
  secret: string;
  user_id: string;
  verified: Generated<boolean | null>;
}

export interface TwoStepRule {
  administrators: Generated<boolean>;
  approvers: Generated<boolean>;
  decided_at: Generated<Timestamp>;
  decided_by: string | null;
  organisation_id: string;
}

export interface UnitTally {
  first_open_on: string | null;
  members: number;
  plan_id: string;
  slot: number;
  standing: string;
  units: number;
}

export interface Verification {
  created_at: Generated<Timestamp>;
  expires_at: Timestamp;
  id: string;
  identifier: string;
  updated_at: Generated<Timestamp>;
  value: string;
}

export interface WorkPassing {
  assignment_id: string | null;
  from_id: string;
  id: Generated<number>;
  on_day: string;
  reorganisation_id: string | null;
  report_duty_id: string | null;
  to_id: string;
}

export interface DB {
  account: Account;
  amendment: Amendment;
  app_password: AppPassword;
  assignment: Assignment;
  assignment_tally: AssignmentTally;
  audience: Audience;
  bygone: Bygone;
  command: Command;
  credential: Credential;
  data_import: DataImport;
  data_import_row: DataImportRow;
  document: Document;
  document_page: DocumentPage;
  document_reading: DocumentReading;
  erasure_request: ErasureRequest;
  event: Event;
  event_organisation: EventOrganisation;
  event_person: EventPerson;
  evidence: Evidence;
  expected: Expected;
  file: File;
  invitation: Invitation;
  known_device: KnownDevice;
  letter: Letter;
  membership: Membership;
  membership_exemption: MembershipExemption;
  notice: Notice;
  obstacle: Obstacle;
  office_setting: OfficeSetting;
  organisation: Organisation;
  organisation_line: OrganisationLine;
  organisation_period: OrganisationPeriod;
  organisation_place: OrganisationPlace;
  paper: Paper;
  passkey: Passkey;
  password_request: PasswordRequest;
  person: Person;
  person_apart: PersonApart;
  person_detail: PersonDetail;
  person_merge: PersonMerge;
  phrase_audience: PhraseAudience;
  plan: Plan;
  plan_review: PlanReview;
  post: Post;
  post_title: PostTitle;
  progress: Progress;
  rate_limit: RateLimit;
  record_entry: RecordEntry;
  record_seal: RecordSeal;
  record_unsealed: RecordUnsealed;
  record_verification: RecordVerification;
  reorganisation: Reorganisation;
  reorganisation_step: ReorganisationStep;
  report_duty: ReportDuty;
  retention_run: RetentionRun;
  role_grant: RoleGrant;
  schema_migration: SchemaMigration;
  session: Session;
  sign_in_limit: SignInLimit;
  succession: Succession;
  task: Task;
  task_tally: TaskTally;
  temporary_membership: TemporaryMembership;
  two_factor: TwoFactor;
  two_step_rule: TwoStepRule;
  unit_tally: UnitTally;
  verification: Verification;
  work_passing: WorkPassing;
}
