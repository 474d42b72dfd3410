// Made by `npm run schema` from db/migrations; never edited. `npm run check` fails when it differs.
import type { ColumnType, GeneratedAlways } from 'kysely'

/** Has a default: may be left out on insert. */
type Defaulted<T> =
  T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>
type Instant = ColumnType<Date, Date | string, Date | string>
/** Read as unknown: parse it. Written as JSON text, because the driver sends an array as a PostgreSQL array. */
type Json = ColumnType<unknown, string, string>

interface AccessPassTable {
  site_id: string
  number: string
  revision: number
  active: boolean
  visit_id: string
  areas: Json
  valid_from: Instant
  valid_until: Instant | null
  suspended: boolean
}

interface AccessScanTable {
  site_id: string
  id: string
  door_id: string
  at: Instant
  received_at: Instant
  direction: 'in' | 'out'
  result: 'granted' | 'denied' | 'unknown'
  kind: 'pass' | 'staff'
  verdict: string
  pass_number: Defaulted<string>
  visit_id: string | null
}

interface AgreementTable {
  id: string
  site_id: string
  purpose: 'safety' | 'nda' | 'house-rules' | 'privacy' | 'other'
  title: Json
  status: Defaulted<'draft' | 'published' | 'withdrawn'>
  kinds: Defaulted<string[]>
  categories: Defaulted<string[]>
  valid_days: Defaulted<number>
  needs_signature: Defaulted<boolean>
  position: Defaulted<number>
  version: Defaulted<number>
  created_at: Instant
  created_by: string
  updated_at: Instant
}

interface AgreementSignatureTable {
  id: string
  site_id: string
  agreement_id: string
  version_id: string
  visit_id: string
  visitor_id: string
  signer_name: string
  language: 'zh' | 'en'
  sha256: string
  surface: 'kiosk' | 'guest' | 'paper'
  manner: 'drawn' | 'typed' | 'paper' | 'read'
  file_id: string | null
  signed_at: Instant
  valid_until: Instant | null
  recorded_by: string
  recorded_by_name: string
}

interface AgreementVersionTable {
  id: string
  agreement_id: string
  site_id: string
  number: number
  body: Json
  sha256: string
  effective_at: Instant | null
  published_at: Instant | null
  published_by: string | null
  published_by_name: Defaulted<string>
  created_at: Instant
  created_by: string
}

interface AreaTable {
  id: string
  site_id: string
  version: Defaulted<number>
  parent_id: string | null
  name_zh: string
  name_en: Defaulted<string>
  restricted: Defaulted<boolean>
  responsible_kind: 'person' | 'department' | 'post' | null
  responsible_id: string | null
  responsible_name: Defaulted<string>
  way_zh: Defaulted<string>
  way_en: Defaulted<string>
  note: Defaulted<string>
  position: Defaulted<number>
  archived: Defaulted<boolean>
  created_at: Instant
  updated_at: Instant
}

interface AreaApprovalTable {
  id: string
  site_id: string
  version: Defaulted<number>
  visit_id: string
  area_id: string
  status: 'asked' | 'approved' | 'declined' | 'withdrawn' | 'expired'
  previous_status: string | null
  status_at: Instant
  status_by: string
  asked_kind: 'person' | 'post'
  asked_id: string
  asked_name: Defaulted<string>
  asked_at: Instant
  asked_by_name: Defaulted<string>
  decided_by: string | null
  decided_by_name: Defaulted<string>
  decided_at: Instant | null
  how: 'phone' | 'in-person' | 'chat' | null
  until: Instant | null
  note: Defaulted<string>
}

interface AuthAccountTable {
  id: string
  account_id: string
  provider_id: string
  user_id: string
  access_token: string | null
  refresh_token: string | null
  id_token: string | null
  access_token_expires_at: Instant | null
  refresh_token_expires_at: Instant | null
  scope: string | null
  password: string | null
  created_at: Defaulted<Instant>
  updated_at: Defaulted<Instant>
}

interface AuthApiKeyTable {
  id: string
  config_id: Defaulted<string>
  name: string | null
  start: string | null
  prefix: string | null
  key: string
  reference_id: string
  refill_interval: number | null
  refill_amount: number | null
  last_refill_at: Instant | null
  enabled: Defaulted<boolean>
  rate_limit_enabled: Defaulted<boolean>
  rate_limit_time_window: number | null
  rate_limit_max: number | null
  request_count: Defaulted<number>
  remaining: number | null
  last_request: Instant | null
  expires_at: Instant | null
  created_at: Defaulted<Instant>
  updated_at: Defaulted<Instant>
  permissions: string | null
  metadata: string | null
  site_id: string | null
  role: 'receptionist' | 'guard' | 'host' | 'agent' | 'duty_manager' | 'department_head' | 'office_admin' | 'technician' | 'quality' | 'director' | 'tenant_admin' | 'tenant_member' | 'system_admin' | null
}

interface AuthSessionTable {
  id: string
  token: string
  user_id: string
  expires_at: Instant
  ip_address: string | null
  user_agent: string | null
  created_at: Defaulted<Instant>
  updated_at: Defaulted<Instant>
}

interface AuthTwoFactorTable {
  id: string
  secret: string
  backup_codes: string
  user_id: string
  verified: Defaulted<boolean>
  failed_verification_count: Defaulted<number>
  locked_until: Instant | null
}

interface AuthUserTable {
  id: string
  name: string
  email: string
  email_verified: Defaulted<boolean>
  image: string | null
  username: string
  display_username: string | null
  two_factor_enabled: Defaulted<boolean>
  created_at: Defaulted<Instant>
  updated_at: Defaulted<Instant>
  employee_id: string | null
  language: Defaulted<'zh' | 'en'>
  password_temporary: Defaulted<boolean>
  disabled_at: Instant | null
  version: Defaulted<number>
}

interface AuthVerificationTable {
  id: string
  identifier: string
  value: string
  expires_at: Instant
  created_at: Defaulted<Instant>
  updated_at: Defaulted<Instant>
}

interface CalendarDayTable {
  site_id: string
  day: string
  kind: 'holiday' | 'makeup' | 'workday' | 'restday'
  name: Json
  hours: Json | null
  source: 'seed' | 'edited'
}

interface CalendarVersionTable {
  site_id: string
  version: string
}

interface CalendarYearTable {
  site_id: string
  year: number
  source: 'seed' | 'edited'
}

interface CallTable {
  id: string
  site_id: string
  number: Defaulted<number>
  version: Defaulted<number>
  status: 'ringing' | 'open' | 'after' | 'missed' | 'closed'
  previous_status: string | null
  status_at: Instant
  status_by: string
  direction: 'in' | 'out' | 'internal'
  source: 'exchange' | 'hand' | 'import'
  caller_number: Defaulted<string>
  caller_number_reversed: GeneratedAlways<string | null>
  caller_shown: Defaulted<string>
  caller_extension: Defaulted<string>
  dialled: Defaulted<string>
  contact_id: string | null
  customer_id: string | null
  contact_name: Defaulted<string>
  organisation: Defaulted<string>
  contact_phone: Defaulted<string>
  reason: Defaulted<string>
  route: string | null
  wanted_id: string | null
  wanted_name: Defaulted<string>
  department_id: string | null
  department_name: Defaulted<string>
  questions_asked: Defaulted<boolean>
  ask_anyway: Defaulted<boolean>
  situations: Defaulted<string[]>
  private: Defaulted<boolean>
  handler_id: string | null
  handler_name: Defaulted<string>
  handler_extension: Defaulted<string>
  started_at: Instant
  ringing_at: Instant | null
  answered_at: Instant | null
  ended_at: Instant | null
  ended_by: 'caller' | 'callee' | 'exchange' | null
  ring_seconds: number | null
  rings: number | null
  talk_seconds: Defaulted<number>
  outcome: 'put-through' | 'message' | 'callback' | 'declined' | 'resolved' | 'missed' | 'wrong-number' | 'private' | null
  outcome_note: Defaulted<string>
  outcome_at: Instant | null
  outcome_by: string | null
  outcome_by_name: Defaulted<string>
  exchange_id: string | null
  exchange_term: Defaulted<number>
  exchange_revision: Defaulted<number>
  exchange_outcome: string | null
  terms: Defaulted<string[]>
  created_at: Instant
  created_by: string
  updated_at: Instant
}

interface CallHopTable {
  id: string
  site_id: string
  call_id: string
  position: number
  step: number | null
  target_kind: string
  target_id: string | null
  target_name: string
  target_extension: Defaulted<string>
  told_caller: Defaulted<boolean>
  started_at: Instant
  ended_at: Instant | null
  seconds: number | null
  result: 'trying' | 'answered' | 'busy' | 'no-answer' | 'refused' | 'callback' | 'not-in' | 'cancelled'
  measured: Defaulted<boolean>
  transfer_at: Instant | null
  note: Defaulted<string>
  by_id: string
  by_name: string
}

interface CallLegTable {
  call_id: string
  position: number
  channel: string
  extension: string | null
  number: string | null
  employee_id: string | null
  employee_name: Defaulted<string>
  cause: string
  sent_by: string | null
  began_at: Instant
  ringing_at: Instant | null
  answered_at: Instant | null
  ended_at: Instant | null
  result: string
  ring_seconds: number | null
  rings: number | null
  talk_seconds: Defaulted<number>
  held_seconds: Defaulted<number>
}

interface CallbackTable {
  id: string
  site_id: string
  number: Defaulted<number>
  version: Defaulted<number>
  status: 'promised' | 'taken' | 'kept' | 'unreachable' | 'withdrawn'
  previous_status: string | null
  status_at: Instant
  status_by: string
  kind: 'cascade' | 'complaint' | 'missed' | 'dialect' | 'question' | 'line-fault' | 'message' | 'return-visit' | 'other'
  call_id: string | null
  message_id: string | null
  contact_id: string | null
  customer_id: string | null
  caller_name: Defaulted<string>
  organisation: Defaulted<string>
  phone: string
  matter: Defaulted<string>
  owner_kind: 'person' | 'post'
  owner_id: string
  owner_name: string
  taken_by: string | null
  taken_by_name: Defaulted<string>
  due_at: Instant
  attempts: Defaulted<number>
  promised_at: Instant
  promised_by: string
  promised_by_name: string
  ended_at: Instant | null
  ended_by_name: Defaulted<string>
  result_note: Defaulted<string>
  in_time: boolean | null
  satisfaction: number | null
  answers: Defaulted<Json>
  terms: Defaulted<string[]>
}

interface CallbackAttemptTable {
  id: string
  callback_id: string
  site_id: string
  at: Instant
  result: 'reached' | 'busy' | 'no-answer' | 'wrong-number' | 'later'
  note: Defaulted<string>
  call_id: string | null
  by_id: string
  by_name: string
}

interface ChannelTable {
  id: string
  site_id: string
  person_id: string | null
  kind: 'dingtalk' | 'wecom' | 'feishu' | 'webhook'
  name: string
  robot_key: string
  url_sealed: string | null
  url_hint: string
  secret_sealed: string | null
  old_secret_sealed: string | null
  old_secret_until: Instant | null
  enabled: boolean
  language: 'zh' | 'en'
  topics: string[] | null
  posts: Defaulted<string[]>
  events: Defaulted<string[]>
  details: boolean
  mention: boolean
  version: Defaulted<number>
  failures: Defaulted<number>
  failing_since: Instant | null
  created_at: Instant
  deleted_at: Instant | null
}

interface ChannelDeliveryTable {
  id: string
  site_id: string
  channel_id: string
  kind: 'notice' | 'event' | 'test'
  template: string
  facts: Json
  link: string | null
  people: Defaulted<string[]>
  event: Json | null
  status: Defaulted<'waiting' | 'sending' | 'retrying' | 'sent' | 'failed'>
  attempts: Defaulted<number>
  next_at: Instant
  alone: Defaulted<boolean>
  batch: string | null
  digest: Defaulted<boolean>
  error: string | null
  error_words: string | null
  created_at: Instant
  queued_at: Instant
  sent_at: Instant | null
}

interface ChannelRobotTable {
  key: string
  recent: Date[]
  failures: Defaulted<number>
  paused_until: Instant | null
  busy_until: Instant | null
  busy_by: string | null
}

interface ContactTable {
  id: string
  site_id: string
  customer_id: string | null
  name: string
  name_pinyin: string
  name_initials: string
  terms: Defaulted<string[]>
  organisation: Defaulted<string>
  sex: 'female' | 'male' | null
  title: Defaulted<string>
  email: string | null
  language: Defaulted<string>
  dialect: Defaulted<string>
  vip: Defaulted<boolean>
  note: Defaulted<string>
  tags: Defaulted<string[]>
  origin: 'manual' | 'import' | 'visit' | 'call'
  last_seen_at: Instant | null
  active: Defaulted<boolean>
  merged_into: string | null
  created_at: Instant
  created_by: string
  updated_at: Instant
  version: Defaulted<number>
}

interface ContactConcernTable {
  contact_id: string
  employee_id: string
  site_id: string
  at: Instant
}

interface ContactOrganisationTable {
  site_id: string
  name: string
  id: Defaulted<string>
}

interface CustomerTable {
  id: string
  site_id: string
  number: Defaulted<number>
  name: string
  short_name: Defaulted<string>
  name_pinyin: string
  name_initials: string
  terms: Defaulted<string[]>
  name_key: string
  grade: Defaulted<'normal' | 'key' | 'vip'>
  industry: Defaulted<string>
  address: Defaulted<string>
  website: Defaulted<string>
  note: Defaulted<string>
  tags: Defaulted<string[]>
  owner_id: string | null
  owner_since: Instant | null
  owner_locked_until: string | null
  active: Defaulted<boolean>
  merged_into: string | null
  created_at: Instant
  created_by: string
  updated_at: Instant
  version: Defaulted<number>
}

interface CustomerDistinctTable {
  site_id: string
  entity: 'customer' | 'contact'
  one_id: string
  other_id: string
  at: Instant
  by_name: string
}

interface CustomerMergeTable {
  id: string
  site_id: string
  entity: 'customer' | 'contact'
  kept_id: string
  merged_id: string
  moved: Json
  at: Instant
  by_id: string
  by_name: string
  undone_at: Instant | null
}

interface CustomerOwnershipTable {
  id: string
  site_id: string
  customer_id: string
  owner_id: string
  owner_name: string
  since: Instant
  until: Instant | null
  reason: Defaulted<string>
  by_id: string
  by_name: string
}

interface CustomerPhoneTable {
  id: string
  site_id: string
  contact_id: string | null
  customer_id: string | null
  number: string
  number_reversed: GeneratedAlways<string | null>
  kind: 'mobile' | 'landline' | 'service' | 'extension' | 'other'
  extension: Defaulted<string>
  label: Defaulted<string>
  position: Defaulted<number>
}

interface CustomerRemarkTable {
  id: string
  site_id: string
  customer_id: string | null
  contact_id: string | null
  kind: 'note' | 'suggestion' | 'research'
  text: string
  status: 'open' | 'answered' | 'kept'
  answer: Defaulted<string>
  answered_at: Instant | null
  answered_by_name: Defaulted<string>
  at: Instant
  by_id: string
  by_name: string
  version: Defaulted<number>
}

interface CustomerTeamTable {
  customer_id: string
  employee_id: string
  site_id: string
  duty: Defaulted<string>
  position: Defaulted<number>
}

interface CustomerTransferTable {
  id: string
  site_id: string
  customer_id: string
  status: 'asked' | 'approved' | 'refused' | 'withdrawn'
  from_id: string | null
  from_name: Defaulted<string>
  to_id: string
  to_name: string
  reason: string
  lock_until: string | null
  from_since: Instant | null
  from_locked_until: string | null
  asked_at: Instant
  asked_by: string
  asked_by_name: string
  decided_at: Instant | null
  decided_by: string | null
  decided_by_name: Defaulted<string>
  answer: Defaulted<string>
  version: Defaulted<number>
}

interface DeliveryTable {
  id: string
  notification_id: string
  site_id: string
  channel: string
  address: string
  message_id: string
  status: Defaulted<'queued' | 'sent' | 'failed'>
  attempts: Defaulted<number>
  last_error: string | null
  created_at: Instant
  sent_at: Instant | null
  tried_at: Instant | null
}

interface DepartmentTable {
  id: string
  site_id: string
  name: string
  parent_id: string | null
  head_id: string | null
  deputy_id: string | null
  extension: string | null
  active: Defaulted<boolean>
  created_at: Instant
  version: Defaulted<number>
  tenant: Defaulted<boolean>
}

interface DocumentCheckTable {
  id: string
  site_id: string
  visit_id: string
  kind: string
  document_index: string | null
  tail: string | null
  name_on_document: Defaulted<string>
  name_agrees: Defaulted<'unknown' | 'same' | 'close' | 'differs'>
  expires_on: string | null
  issuing_country: Defaulted<string>
  suspicion: Defaulted<string>
  checked_at: Instant
  checked_by: string
  checked_by_name: string
}

interface DoorTable {
  id: string
  site_id: string
  version: Defaulted<number>
  name: string
  area: Defaulted<string>
  direction: 'in' | 'out' | 'both'
  external_id: string
  controller: Defaulted<string>
  archived_at: Instant | null
  last_seen_at: Instant | null
  created_at: Instant
  created_by: string
}

interface DutyDayTable {
  site_id: string
  day: string
  post: string
  employee_id: string
  employee_name: string
  set_at: Instant
  set_by_name: string
}

interface EmployeeTable {
  id: string
  site_id: string
  number: string | null
  name: string
  name_pinyin: string
  name_initials: string
  terms: Defaulted<string[]>
  department_id: string | null
  title: string | null
  extension: string | null
  mobile: string | null
  email: string | null
  floor: string | null
  room: string | null
  line_worker: Defaulted<boolean>
  languages: Defaulted<string[]>
  dialects: Defaulted<string[]>
  secretary_id: string | null
  deputy_id: string | null
  language: Defaulted<'zh' | 'en'>
  active: Defaulted<boolean>
  created_at: Instant
  version: Defaulted<number>
}

interface ExchangeTable {
  site_id: string
  enabled: Defaulted<boolean>
  address: Json
  secret_sealed: string
  version: Defaulted<number>
  state: Defaulted<string>
  reason: string | null
  state_at: Instant | null
  node: string | null
  term: Defaulted<number>
  changed_at: Instant
  changed_by_name: string
}

interface ExchangeOrderTable {
  id: string
  site_id: string
  kind: 'dial' | 'transfer' | 'hang-up'
  call_id: string | null
  hop_id: string | null
  callback_id: string | null
  payload: Json
  status: 'asked' | 'sent' | 'done' | 'failed'
  result: string | null
  at: Instant
  ended_at: Instant | null
  by_id: string
  by_name: string
}

interface ExtensionListCheckTable {
  site_id: string
  day: string
  at: Instant
  actor_id: string
  actor_name: string
}

interface FileTable {
  id: string
  site_id: string
  sha256: string
  name: string
  media_type: string
  size: number
  subject_entity: string
  subject_id: string
  created_at: Instant
  created_by: string
  created_by_name: string
  removed_at: Instant | null
}

interface FindWordTable {
  site_id: string
  entity: string
  word: string
  subject_id: string
}

interface IdempotencyTable {
  actor_id: string
  key: string
  request_hash: string
  answer: Json
  at: Instant
}

interface ImportLineTable {
  run_id: string
  line: number
  result: 'created' | 'updated' | 'unchanged' | 'bad' | 'undone'
  entity_id: string | null
  before: Json | null
  problems: Json | null
  cells: Json | null
}

interface ImportProfileTable {
  id: string
  site_id: string
  kind: string
  name: string
  mapping: Json
  updated_at: Instant
}

interface ImportRunTable {
  id: string
  site_id: string
  kind: string
  file_name: string
  sha256: string
  mapping: Json
  status: 'draft' | 'running' | 'done' | 'undone'
  total: number
  created: number
  updated: number
  unchanged: number
  bad: number
  at: Instant
  actor_id: string
  actor_name: string
  headings: Defaulted<Json>
  progress: Defaulted<number>
  kept: Defaulted<number>
  finished_at: Instant | null
}

interface IncidentTable {
  id: string
  site_id: string
  number: Defaulted<number>
  version: Defaulted<number>
  status: 'open' | 'acknowledged' | 'on_site' | 'closed' | 'false_alarm'
  previous_status: string | null
  status_at: Instant
  status_by: string
  place: Defaulted<string>
  visit_id: string | null
  surface: 'desk' | 'gate' | 'phone'
  persons: Defaulted<string>
  course: Defaulted<string>
  measures: Defaulted<string>
  report: Defaulted<string>
  police_called: Defaulted<boolean>
  raised_at: Instant
  raised_by: string
  raised_by_name: string
  acknowledged_at: Instant | null
  acknowledged_by_name: Defaulted<string>
  escalated_at: Instant | null
  on_site_at: Instant | null
  on_site_by_name: Defaulted<string>
  closed_at: Instant | null
  closed_by_name: Defaulted<string>
  false_reason: Defaulted<string>
  updated_at: Instant
}

interface InvitationTable {
  visit_id: string
  site_id: string
  key: string
  code: string
  email: string
  language: 'zh' | 'en'
  sequence: Defaulted<number>
  told: Json | null
  opened_at: Instant | null
  completed_at: Instant | null
  created_at: Instant
  created_by: string
}

interface InvitationLetterTable {
  id: string
  site_id: string
  visit_id: string
  kind: 'invite' | 'update' | 'cancel' | 'resend'
  sequence: number
  address: string
  status: Defaulted<'queued' | 'sending' | 'sent' | 'failed' | 'skipped'>
  attempts: Defaulted<number>
  last_error: string | null
  message_id: string
  at: Instant
  sent_at: Instant | null
}

interface JournalTable {
  xid: Defaulted<string>
  id: GeneratedAlways<number>
  at: Instant
  site_id: string | null
  actor_kind: 'user' | 'apikey' | 'link' | 'system' | 'device' | 'guest'
  actor_id: string
  actor_name: string
  request_id: string
  entity: string
  entity_id: string
  action: string
  version: number | null
  before: Json | null
  after: Json | null
  data: Json | null
  redacted_at: Instant | null
  digest: Buffer | null
}

interface JournalCursorTable {
  follower: string
  xid: string
  id: number
  failures: Defaulted<number>
  last_error: string | null
  updated_at: Defaulted<Instant>
}

interface JournalSealTable {
  no: number
  upto_xid: string
  upto_id: number
  entries: number
  previous: string
  hash: string
  sealed_at: Instant
  leaves: Buffer
}

interface KioskTable {
  id: string
  site_id: string
  name: string
  place: Defaulted<string>
  status: Defaulted<'new' | 'paired' | 'revoked'>
  pairing_index: string | null
  pairing_until: Instant | null
  secret_sha256: string | null
  pin_index: string
  paired_at: Instant | null
  last_seen_at: Instant | null
  failures: Defaulted<number>
  failures_since: Instant | null
  version: Defaulted<number>
  created_at: Instant
  created_by: string
}

interface LineTable {
  site_id: string
  extension: string
  device: Defaulted<'idle' | 'ringing' | 'in-use' | 'on-hold' | 'unavailable' | 'unknown'>
  device_at: Instant | null
  said: 'free' | 'busy' | 'away' | null
  said_until: Instant | null
  said_at: Instant | null
  said_by_name: Defaulted<string>
  version: Defaulted<number>
}

interface MessageTable {
  id: string
  site_id: string
  number: Defaulted<number>
  version: Defaulted<number>
  status: 'new' | 'seen' | 'done' | 'reported' | 'withdrawn'
  previous_status: string | null
  status_at: Instant
  status_by: string
  call_id: string | null
  contact_id: string | null
  customer_id: string | null
  caller_name: Defaulted<string>
  organisation: Defaulted<string>
  phone: Defaulted<string>
  matter: string
  urgent: Defaulted<boolean>
  report_back: Defaulted<boolean>
  to_kind: 'person' | 'post'
  to_id: string
  to_name: string
  taken_at: Instant
  taken_by: string
  taken_by_name: string
  presented_at: Instant | null
  presented_how: 'at-once' | 'device-free' | 'said-free' | null
  seen_at: Instant | null
  seen_by_name: Defaulted<string>
  done_at: Instant | null
  done_by_name: Defaulted<string>
  done_note: Defaulted<string>
  reported_at: Instant | null
  reported_by_name: Defaulted<string>
  reported_how: 'phone' | 'in-person' | 'chat' | 'e-mail' | 'not-wanted' | null
  reported_note: Defaulted<string>
  terms: Defaulted<string[]>
}

interface MigrationTable {
  name: string
  sha256: string
  applied_at: Defaulted<Instant>
}

interface MusterTable {
  id: string
  site_id: string
  kind: 'alarm' | 'drill'
  status: 'running' | 'ended'
  note: Defaulted<string>
  revision: Defaulted<number>
  started_at: Instant
  started_by: string
  started_by_name: string
  ended_at: Instant | null
  ended_by: string | null
  ended_by_name: Defaulted<string>
  end_note: Defaulted<string>
}

interface MusterMarkTable {
  id: string
  muster_id: string
  person_id: string
  safe: boolean
  at: Instant
  by_id: string
  by_name: string
  point: Defaulted<string>
  how: 'person' | 'self' | 'exit'
  received_at: Instant
}

interface MusterPersonTable {
  id: string
  muster_id: string
  kind: 'visitor' | 'staff' | 'other'
  subject_id: string | null
  place: Defaulted<number>
  name: Defaulted<string>
  organisation: Defaulted<string>
  host_name: Defaulted<string>
  detail: Defaulted<string>
  zone_zh: Defaulted<string>
  zone_en: Defaulted<string>
  added_at: Instant
  added_by_name: Defaulted<string>
  added_how: 'frozen' | 'arrived' | 'found'
  safe: Defaulted<boolean>
  marked_at: Instant | null
  marked_by_name: Defaulted<string>
  point: Defaulted<string>
  missing_at: Instant | null
  outcome: 'found-safe' | 'had-left' | 'injured' | 'not-there' | 'other' | null
  outcome_note: Defaulted<string>
  outcome_at: Instant | null
  outcome_by_name: Defaulted<string>
  revision: number
}

interface NoticePreferenceTable {
  site_id: string
  person_id: string
  topic: string
  email: boolean
  chat: boolean
}

interface NotificationTable {
  id: string
  site_id: string
  person_id: string
  template: string
  facts: Json
  link: string | null
  created_at: Instant
  read_at: Instant | null
  signed: Json | null
}

interface OutingTable {
  id: string
  site_id: string
  version: Defaulted<number>
  status: 'requested' | 'approved' | 'declined' | 'out' | 'back' | 'cancelled'
  previous_status: string | null
  status_at: Instant
  status_by: string
  employee_id: string
  employee_name: string
  employee_number: Defaulted<string>
  department_id: string | null
  department: Defaulted<string>
  reason: string
  destination: Defaulted<string>
  note: Defaulted<string>
  leave_at: Instant
  return_by: Instant | null
  approval: boolean
  decided_by: string | null
  decided_by_name: Defaulted<string>
  decided_at: Instant | null
  decline_reason: Defaulted<string>
  out_at: Instant | null
  out_by_name: Defaulted<string>
  back_at: Instant | null
  back_by_name: Defaulted<string>
  created_at: Instant
  created_by: string
  created_by_name: string
  updated_at: Instant
}

interface PassTable {
  site_id: string
  number: string
  status: Defaulted<'in_stock' | 'issued' | 'missing' | 'void'>
  visit_id: string | null
  issued_at: Instant | null
  reason: Defaulted<string>
  version: Defaulted<number>
}

interface PassLeaseTable {
  site_id: string
  number: string
  device: string
  actor_id: string
  until: Instant
}

interface PermitTable {
  id: string
  site_id: string
  number: Defaulted<number>
  version: Defaulted<number>
  status: Defaulted<'draft' | 'active' | 'suspended' | 'ended'>
  status_at: Instant
  status_by_name: Defaulted<string>
  status_reason: Defaulted<string>
  visitor_id: string
  holder_name: string
  holder_pinyin: string
  holder_initials: string
  organisation: Defaulted<string>
  phone: Defaulted<string>
  document_kind: string | null
  document_sealed: string | null
  document_index: string | null
  document_tail: string | null
  plate: Defaulted<string>
  kind: string
  category: string
  purpose: Defaulted<string>
  host_id: string | null
  host_name: Defaulted<string>
  host_department_id: string | null
  host_department: Defaulted<string>
  host_extension: Defaulted<string>
  valid_from: string
  valid_to: string
  weekdays: Defaulted<Json>
  from_minute: Defaulted<number>
  to_minute: Defaulted<number>
  areas: Defaulted<Json>
  note: Defaulted<string>
  source_key: string | null
  created_at: Instant
  created_by: string
  created_by_name: string
  updated_at: Instant
}

interface PermitPaperTable {
  id: string
  site_id: string
  permit_id: string
  kind: string
  number: Defaulted<string>
  expires_on: string | null
  blocks: Defaulted<boolean>
  reminded_for: string | null
}

interface PrivacyRequestTable {
  id: string
  site_id: string
  number: Defaulted<number>
  kind: 'export' | 'erase'
  visitor_id: string
  reason: string
  visits: number
  at: Instant
  by_id: string
  by_name: string
}

interface RetentionRunTable {
  site_id: string
  day: string
  category: string
  visits: number
  documents: number
  files: number
  at: Instant
}

interface RoleGrantTable {
  user_id: string
  site_id: string
  role: 'receptionist' | 'guard' | 'host' | 'agent' | 'duty_manager' | 'department_head' | 'office_admin' | 'technician' | 'quality' | 'director' | 'tenant_admin' | 'tenant_member' | 'system_admin'
}

interface SettingTable {
  site_id: string
  key: string
  version: number
  value: Json
  note: string | null
  at: Instant
  actor_id: string
  actor_name: string
}

interface SignInFailureTable {
  name_hash: string
  tries: Date[]
  locked_until: Instant | null
  updated_at: Instant
}

interface SigningKeyTable {
  id: string
  purpose: string
  public_jwk: Json
  private_jwe: string
  created_at: Instant
  retired_at: Instant | null
}

interface SiteTable {
  id: string
  code: string
  name: string
  zone: Defaulted<string>
  created_at: Defaulted<Instant>
  version: Defaulted<number>
}

interface StaffCardTable {
  site_id: string
  code: string
  employee_id: string
  created_at: Instant
}

interface StaffPresenceTable {
  site_id: string
  employee_id: string
  inside: boolean
  zone: Defaulted<string>
  arrived_at: Instant | null
  left_at: Instant | null
  last_at: Instant
  via: 'gate' | 'card' | 'door' | 'import'
}

interface TaskTable {
  id: string
  site_id: string
  kind: string
  subject_entity: string
  subject_id: string
  facts: Defaulted<Json>
  owner_kind: 'person' | 'post'
  owner_id: string
  status: Defaulted<'open' | 'done' | 'cancelled'>
  due_at: Instant
  remind_at: Instant | null
  next_at: Instant | null
  level: Defaulted<number>
  ladder: Defaulted<Json>
  outcome: string | null
  settled_at: Instant | null
  settled_by: string | null
  settled_by_name: string | null
  created_at: Instant
  created_by: string
  created_by_name: string
  version: Defaulted<number>
  failures: Defaulted<number>
  last_error: string | null
}

interface VisitTable {
  id: string
  site_id: string
  number: Defaulted<number>
  version: Defaulted<number>
  status: 'expected' | 'held' | 'asking' | 'admitted' | 'with_host' | 'signed_off' | 'left' | 'declined' | 'refused' | 'cancelled' | 'no_show'
  previous_status: string | null
  status_at: Instant
  status_by: string
  category: string
  kind: string
  announced: boolean
  group_id: string | null
  visitor_id: string
  visitor_name: string
  organisation: Defaulted<string>
  phone: Defaulted<string>
  party_size: number
  companions: Defaulted<Json>
  purpose: Defaulted<string>
  plate: Defaulted<string>
  note: Defaulted<string>
  host_id: string | null
  host_name: Defaulted<string>
  host_department_id: string | null
  host_department: Defaulted<string>
  host_extension: Defaulted<string>
  receiver_id: string | null
  receiver_name: Defaulted<string>
  asked_kind: 'person' | 'post' | null
  asked_id: string | null
  asked_name: Defaulted<string>
  asked_ids: Defaulted<Json>
  ask_due_at: Instant | null
  consent_by: string | null
  consent_by_name: Defaulted<string>
  consent_how: string | null
  consent_at: Instant | null
  host_ready_at: Instant | null
  decline_reason: Defaulted<string>
  refuse_reason: Defaulted<string>
  expected_at: Instant | null
  arrived_at: Instant | null
  admitted_at: Instant | null
  met_at: Instant | null
  signed_at: Instant | null
  signed_by: string | null
  signed_by_name: Defaulted<string>
  sign_note: Defaulted<string>
  left_at: Instant | null
  late_signature: Defaulted<boolean>
  release_confirmed_by: Defaulted<string>
  valid_until: Instant | null
  waiting_place: Defaulted<Json>
  areas: Defaulted<Json>
  escort_id: string | null
  escort_name: Defaulted<string>
  document_kind: string | null
  document_sealed: string | null
  document_index: string | null
  document_tail: string | null
  document_checked_at: Instant | null
  document_checked_by: string | null
  pass_number: string | null
  pass_returned: boolean | null
  slip_returned: boolean | null
  source: string | null
  source_key: string | null
  sort_at: Instant
  created_at: Instant
  created_by: string
  created_by_name: string
  updated_at: Instant
  topic: Defaulted<string>
  questions_at: Instant | null
  route: Defaulted<string>
  hold_reason: Defaulted<string>
  emergency: Defaulted<boolean>
  parking_place: Defaulted<string>
  driver_name: Defaulted<string>
  driver_phone: Defaulted<string>
  vehicle_in_at: Instant | null
  vehicle_out_at: Instant | null
  led_in_at: Instant | null
  leaving_at: Instant | null
  gate_told_at: Instant | null
  driver_told_at: Instant | null
  permit_id: string | null
  via: Defaulted<'desk' | 'gate' | 'kiosk' | 'host' | 'guest' | 'import' | 'device'>
  erased_at: Instant | null
  asked_extension: Defaulted<string>
  approvals_due: Defaulted<number>
  escort_due: Defaulted<boolean>
  seen_area: Defaulted<string>
  seen_at: Instant | null
  agreements_due: Defaulted<number>
}

interface VisitContributionTable {
  visit_id: string | null
  site_id: string | null
  visitor_id: string | null
  day: string | null
  hour: number | null
  kind: string | null
  category: string | null
  department_id: string | null
  host_id: string | null
  organisation: string | null
  sort_at: Instant | null
  visits: number | null
  people: number | null
  arrived: number | null
  announced: number | null
  walk_in: number | null
  no_show: number | null
  declined: number | null
  refused: number | null
  cancelled: number | null
  ask_of: number | null
  ask_kept: number | null
  sign_of: number | null
  sign_kept: number | null
  sign_late: number | null
  sign_overdue: number | null
  pass_of: number | null
  pass_kept: number | null
  meet_of: number | null
  meet_kept: number | null
  meet_prompt: number | null
  admit_minutes: number | null
  meet_minutes: number | null
}

interface VisitCountedTable {
  visit_id: string
  site_id: string
  visitor_id: string
  department_id: string | null
  host_id: string | null
  day: string
  people: number
  hour: number
  visits: number
  arrived: number
  announced: number
  walk_in: number
  first: number
  again: number
  no_show: number
  declined: number
  refused: number
  cancelled: number
  ask_of: number
  ask_kept: number
  sign_of: number
  sign_kept: number
  sign_late: number
  sign_overdue: number
  pass_of: number
  pass_kept: number
  meet_of: number
  meet_kept: number
  meet_prompt: number
  admit_minutes: number | null
  meet_minutes: number | null
  kind: string
  category: string
  organisation: string
}

interface VisitDayClosedTable {
  site_id: string
  day: string
  closed_at: Instant
  no_shows: number
  still_inside: number
}

interface VisitEmergencyTable {
  visit_id: string
  site_id: string
  kind: string
  kind_name: Json
  place: string
  told: Defaulted<Json>
  let_in_by: string
  let_in_by_name: string
  due_at: Instant
  registered_at: Instant | null
  registered_by_name: Defaulted<string>
}

interface VisitGroupTable {
  id: string
  site_id: string
  source: string
  source_key: string
  title: string
  size: number
  host_name: string
  place: Defaulted<string>
  expected_at: Instant
  created_at: Instant
  version: Defaulted<number>
  organiser: Defaulted<string>
  host_id: string | null
  host_department_id: string | null
  host_department: Defaulted<string>
  host_extension: Defaulted<string>
  kind: Defaulted<string>
  category: Defaulted<string>
  purpose: Defaulted<string>
  note: Defaulted<string>
  leader_name: Defaulted<string>
  leader_phone: Defaulted<string>
  plates: Defaulted<Json>
  pass_mode: Defaulted<'each' | 'group' | 'none'>
  pass_number: string | null
  valid_until: Instant | null
  headcount: Defaulted<number>
  counted_in: Defaulted<number>
  counted_out: Defaulted<number>
  crowd_visit_id: string | null
  asked_at: Instant | null
  consent_by: string | null
  consent_by_name: Defaulted<string>
  consent_how: string | null
  consent_at: Instant | null
  declined_at: Instant | null
  decline_reason: Defaulted<string>
  leader_signed_at: Instant | null
  host_signed_at: Instant | null
  host_signed_by_name: Defaulted<string>
  cancelled_at: Instant | null
  created_by: Defaulted<string>
  created_by_name: Defaulted<string>
}

interface VisitHopTable {
  visit_id: string
  n: number
  site_id: string
  target: string
  asked_kind: 'person' | 'post'
  asked_id: string
  name: string
  name_en: Defaulted<string>
  department: Defaulted<string>
  extension: Defaulted<string>
  asked_at: Instant
  asked_by: string
  asked_by_name: string
  how: Defaulted<'console' | 'phone' | 'link' | 'chat' | 'in-person'>
  result: 'agreed' | 'wait' | 'delegated' | 'declined' | 'no-answer' | 'busy' | 'told' | 'passed' | null
  ended_at: Instant | null
  ended_by_name: Defaulted<string>
  seconds: GeneratedAlways<number | null>
  note: Defaulted<string>
}

interface VisitOrganisationTable {
  site_id: string
  name: string
  number: GeneratedAlways<number>
}

interface VisitPersonTable {
  site_id: string
  visitor_id: string
  number: GeneratedAlways<number>
}

interface VisitRebuildTable {
  singleton: Defaulted<boolean>
  stage: 'visits' | 'tallies' | 'done'
  last_visitor: string | null
  last_day: string | null
  started_at: Instant
  finished_at: Instant | null
}

interface VisitReceptionTable {
  visit_id: string
  site_id: string
  warned_at: Instant | null
  warned_by: string | null
  warned_by_name: Defaulted<string>
  parking_wish: Defaulted<string>
  acknowledged_at: Instant | null
  acknowledged_by_name: Defaulted<string>
  led_in_by_name: Defaulted<string>
  leaving_by_name: Defaulted<string>
  gate_told_by_name: Defaulted<string>
  driver_told_by_name: Defaulted<string>
  last_step: 'acknowledge' | 'lead-in' | 'leaving' | 'gate-told' | 'driver-told' | null
  last_step_at: Instant | null
  last_step_by: string | null
}

interface VisitRefusalTable {
  id: string
  site_id: string
  visit_id: string
  at: Instant
  by_id: string
  by_name: string
  reason: string
  suspicious: Defaulted<boolean>
  told: Defaulted<string[]>
  undone_at: Instant | null
}

interface VisitTallyDayTable {
  site_id: string
  department_id: string | null
  day: string
  kind: string
  category: string
  visits: number
  people: number
  arrived: number
  announced: number
  walk_in: number
  first: number
  again: number
  no_show: number
  declined: number
  refused: number
  cancelled: number
  ask_of: number
  ask_kept: number
  sign_of: number
  sign_kept: number
  sign_late: number
  sign_overdue: number
  pass_of: number
  pass_kept: number
  meet_of: number
  meet_kept: number
  meet_prompt: number
}

interface VisitTallyHostTable {
  site_id: string
  host_id: string | null
  department_id: string | null
  day: string
  kind: string
  category: string
  visits: number
  people: number
  arrived: number
  announced: number
  walk_in: number
  first: number
  again: number
  no_show: number
  declined: number
  refused: number
  cancelled: number
  ask_of: number
  ask_kept: number
  sign_of: number
  sign_kept: number
  sign_late: number
  sign_overdue: number
  pass_of: number
  pass_kept: number
  meet_of: number
  meet_kept: number
  meet_prompt: number
}

interface VisitTallyHostMonthTable {
  site_id: string
  host_id: string | null
  department_id: string | null
  month: string
  kind: string
  category: string
  visits: number
  people: number
  arrived: number
  announced: number
  walk_in: number
  first: number
  again: number
  no_show: number
  declined: number
  refused: number
  cancelled: number
  ask_of: number
  ask_kept: number
  sign_of: number
  sign_kept: number
  sign_late: number
  sign_overdue: number
  pass_of: number
  pass_kept: number
  meet_of: number
  meet_kept: number
  meet_prompt: number
}

interface VisitTallyHourTable {
  site_id: string
  department_id: string | null
  day: string
  hour: number
  kind: string
  category: string
  visits: number
  people: number
  arrived: number
  announced: number
  walk_in: number
  first: number
  again: number
  no_show: number
  declined: number
  refused: number
  cancelled: number
  ask_of: number
  ask_kept: number
  sign_of: number
  sign_kept: number
  sign_late: number
  sign_overdue: number
  pass_of: number
  pass_kept: number
  meet_of: number
  meet_kept: number
  meet_prompt: number
}

interface VisitTallyMonthTable {
  site_id: string
  department_id: string | null
  month: string
  kind: string
  category: string
  visits: number
  people: number
  arrived: number
  announced: number
  walk_in: number
  first: number
  again: number
  no_show: number
  declined: number
  refused: number
  cancelled: number
  ask_of: number
  ask_kept: number
  sign_of: number
  sign_kept: number
  sign_late: number
  sign_overdue: number
  pass_of: number
  pass_kept: number
  meet_of: number
  meet_kept: number
  meet_prompt: number
}

interface VisitTallyPeopleTable {
  site_id: string
  department_id: string | null
  day: string
  kind: string
  category: string
  first: number
  visitors: Buffer
  organisations: Buffer
}

interface VisitTallySlotTable {
  site_id: string
  department_id: string | null
  month: string
  weekday: number
  hour: number
  kind: string
  category: string
  arrived: number
  people: number
}

interface VisitTallyWaitTable {
  site_id: string
  department_id: string | null
  day: string
  which: 'admit' | 'meet'
  minutes: number
  kind: string
  category: string
  visits: number
}

interface VisitTallyWaitMonthTable {
  site_id: string
  department_id: string | null
  month: string
  which: 'admit' | 'meet'
  minutes: number
  kind: string
  category: string
  visits: number
}

interface VisitUnannouncedTable {
  visit_id: string
  site_id: string
  claim: string
  charge_kind: 'person' | 'post'
  charge_id: string
  charge_name: string
  instruction: 'receive' | 'wait' | 'decline' | 'other' | null
  instruction_words: Defaulted<string>
  instructed_by_name: Defaulted<string>
  instructed_how: 'phone' | 'in-person' | 'chat' | null
  instructed_at: Instant | null
  recorded_by_name: Defaulted<string>
}

interface VisitVehicleTable {
  id: Defaulted<string>
  site_id: string
  visit_id: string
  plate: string
  fragments: GeneratedAlways<string[]>
  driver_name: Defaulted<string>
  driver_phone: Defaulted<string>
  place: Defaulted<string>
  holds_place: Defaulted<boolean>
  in_at: Instant | null
  out_at: Instant | null
  created_at: Instant
  driver_told_at: Instant | null
}

interface VisitorTable {
  id: string
  site_id: string
  name: string
  name_pinyin: string
  name_initials: string
  organisation: Defaulted<string>
  phone: Defaulted<string>
  phone_reversed: GeneratedAlways<string | null>
  grams: string[]
  document_kind: string | null
  document_sealed: string | null
  document_index: string | null
  document_tail: string | null
  plate: Defaulted<string>
  visits: Defaulted<number>
  last_visit_at: Instant
  last_visit_id: string | null
  created_at: Instant
  contact_id: string | null
  erased_at: Instant | null
}

interface VisitorContactMoveTable {
  merge_id: string
  visitor_id: string
}

interface WatchDismissalTable {
  id: string
  site_id: string
  entry_id: string
  visitor_id: string
  document_index: string | null
  visit_id: string | null
  agreed: string[]
  at: Instant
  by_id: string
  by_name: string
  note: Defaulted<string>
}

interface WatchEntryTable {
  id: string
  site_id: string
  version: Defaulted<number>
  status: 'draft' | 'active' | 'expired' | 'withdrawn'
  level: 'alert' | 'block'
  name: Defaulted<string>
  name_pinyin: Defaulted<string>
  aliases: Defaulted<string[]>
  organisation: Defaulted<string>
  phones: Defaulted<string[]>
  plates: Defaulted<string[]>
  document_kind: string | null
  document_sealed: string | null
  document_index: string | null
  document_tail: string | null
  reason: string
  valid_from: Instant
  valid_until: Instant | null
  withdrawn_why: Defaulted<string>
  visit_id: string | null
  source_key: string | null
  keys: Defaulted<string[]>
  grams: Defaulted<string[]>
  created_at: Instant
  created_by: string
  created_by_name: string
  updated_at: Instant
  keys_version: Defaulted<number>
}

interface WatchHitTable {
  id: string
  site_id: string
  visit_id: string
  visitor_id: string
  entry_id: string
  moment: string
  person: Json
  level: string
  score: number
  agreed: Json
  differed: Json
  effect: 'held' | 'alert'
  at: Instant
  by_name: string
  decision: 'not-same-person' | 'confirmed' | 'let-in' | null
  decided_at: Instant | null
  decided_by: string | null
  decided_by_name: Defaulted<string>
  note: Defaulted<string>
}

export interface DB {
  access_pass: AccessPassTable
  access_scan: AccessScanTable
  agreement: AgreementTable
  agreement_signature: AgreementSignatureTable
  agreement_version: AgreementVersionTable
  area: AreaTable
  area_approval: AreaApprovalTable
  auth_account: AuthAccountTable
  auth_api_key: AuthApiKeyTable
  auth_session: AuthSessionTable
  auth_two_factor: AuthTwoFactorTable
  auth_user: AuthUserTable
  auth_verification: AuthVerificationTable
  calendar_day: CalendarDayTable
  calendar_version: CalendarVersionTable
  calendar_year: CalendarYearTable
  call: CallTable
  call_hop: CallHopTable
  call_leg: CallLegTable
  callback: CallbackTable
  callback_attempt: CallbackAttemptTable
  channel: ChannelTable
  channel_delivery: ChannelDeliveryTable
  channel_robot: ChannelRobotTable
  contact: ContactTable
  contact_concern: ContactConcernTable
  contact_organisation: ContactOrganisationTable
  customer: CustomerTable
  customer_distinct: CustomerDistinctTable
  customer_merge: CustomerMergeTable
  customer_ownership: CustomerOwnershipTable
  customer_phone: CustomerPhoneTable
  customer_remark: CustomerRemarkTable
  customer_team: CustomerTeamTable
  customer_transfer: CustomerTransferTable
  delivery: DeliveryTable
  department: DepartmentTable
  document_check: DocumentCheckTable
  door: DoorTable
  duty_day: DutyDayTable
  employee: EmployeeTable
  exchange: ExchangeTable
  exchange_order: ExchangeOrderTable
  extension_list_check: ExtensionListCheckTable
  file: FileTable
  find_word: FindWordTable
  idempotency: IdempotencyTable
  import_line: ImportLineTable
  import_profile: ImportProfileTable
  import_run: ImportRunTable
  incident: IncidentTable
  invitation: InvitationTable
  invitation_letter: InvitationLetterTable
  journal: JournalTable
  journal_cursor: JournalCursorTable
  journal_seal: JournalSealTable
  kiosk: KioskTable
  line: LineTable
  message: MessageTable
  migration: MigrationTable
  muster: MusterTable
  muster_mark: MusterMarkTable
  muster_person: MusterPersonTable
  notice_preference: NoticePreferenceTable
  notification: NotificationTable
  outing: OutingTable
  pass: PassTable
  pass_lease: PassLeaseTable
  permit: PermitTable
  permit_paper: PermitPaperTable
  privacy_request: PrivacyRequestTable
  retention_run: RetentionRunTable
  role_grant: RoleGrantTable
  setting: SettingTable
  sign_in_failure: SignInFailureTable
  signing_key: SigningKeyTable
  site: SiteTable
  staff_card: StaffCardTable
  staff_presence: StaffPresenceTable
  task: TaskTable
  visit: VisitTable
  visit_contribution: VisitContributionTable
  visit_counted: VisitCountedTable
  visit_day_closed: VisitDayClosedTable
  visit_emergency: VisitEmergencyTable
  visit_group: VisitGroupTable
  visit_hop: VisitHopTable
  visit_organisation: VisitOrganisationTable
  visit_person: VisitPersonTable
  visit_rebuild: VisitRebuildTable
  visit_reception: VisitReceptionTable
  visit_refusal: VisitRefusalTable
  visit_tally_day: VisitTallyDayTable
  visit_tally_host: VisitTallyHostTable
  visit_tally_host_month: VisitTallyHostMonthTable
  visit_tally_hour: VisitTallyHourTable
  visit_tally_month: VisitTallyMonthTable
  visit_tally_people: VisitTallyPeopleTable
  visit_tally_slot: VisitTallySlotTable
  visit_tally_wait: VisitTallyWaitTable
  visit_tally_wait_month: VisitTallyWaitMonthTable
  visit_unannounced: VisitUnannouncedTable
  visit_vehicle: VisitVehicleTable
  visitor: VisitorTable
  visitor_contact_move: VisitorContactMoveTable
  watch_dismissal: WatchDismissalTable
  watch_entry: WatchEntryTable
  watch_hit: WatchHitTable
}
