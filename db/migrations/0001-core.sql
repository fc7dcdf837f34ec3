-- Places, offices and the people who serve. Reference data: small, replicated, without personal secrets.
create table region (
  code text primary key,
  name text not null,
  level smallint not null check (level between 1 and 5),
  parent text,
  valid_from date not null default '2023-06-30',
  valid_to date,
  successor text
);
create index region_parent on region (parent);
comment on column region.code is 'GB/T 2260 and its extension: 2, 4, 6, 9 or 12 digits; province to village';

create table day_off (
  region text not null default '',
  day date not null,
  kind text not null check (kind in ('off', 'work')),
  name text not null,
  primary key (region, day)
);
comment on table day_off is 'Days a province or prefecture declares beyond the national notice (全国年节及纪念日放假办法 art. 4)';

create table setting (
  region text not null default '',
  key text not null,
  valid_from date not null,
  value jsonb not null,
  decided_by text not null,
  note text not null default '',
  primary key (region, key, valid_from)
);
comment on table setting is 'What the law leaves open, dated, per region prefix; the longest prefix in force wins';

create table office (
  region text not null,
  id uuid not null,
  kind text not null,
  name text not null,
  short text not null,
  phone text,
  address text,
  hours text,
  credit_code text,
  valid_from date not null,
  valid_to date,
  primary key (region, id)
);
comment on column office.short is 'Used in file numbers: 西法援';

create table practitioner (
  region text not null,
  id uuid not null,
  office uuid not null,
  name text not null,
  kind text not null check (kind in ('lawyer', 'grassrootsLegalWorker', 'agencyStaff', 'volunteer')),
  licence text,
  licence_from date not null,
  licence_to date,
  suspended_from date,
  suspended_to date,
  assessed_year int,
  specialisms text[] not null default '{}',
  criminal_defence_since date,
  is_familiar_with_minors boolean not null default false,
  is_female boolean not null default false,
  left_bench_on date,
  is_on_standing_committee boolean not null default false,
  primary key (region, id),
  foreign key (region, office) references office (region, id)
);

create table conflict_fact (
  region text not null,
  id uuid not null,
  matter uuid not null,
  practitioner uuid not null,
  code text not null,
  noted_by text not null,
  at timestamptz not null,
  primary key (region, id)
);
create index conflict_fact_matter on conflict_fact (region, matter);
comment on table conflict_fact is 'What the office knows of a provider in one matter: RULEBOOK 3.9, C1-C10';

-- Accounts and doors.
create table account (
  id uuid primary key,
  kind text not null check (kind in ('citizen', 'staff', 'provider')),
  login text unique,
  name text,
  password_hash text,
  totp_secret text,
  totp_last_step bigint not null default 0,
  phone_index text unique,
  phone text,
  identity_issuer text,
  identity_subject text,
  region text not null default '',
  duties text[] not null default '{}',
  office uuid,
  practitioner uuid,
  language text not null default 'zh',
  failed_tries int not null default 0,
  locked_until timestamptz,
  created_at timestamptz not null,
  disabled_at timestamptz,
  unique (identity_issuer, identity_subject)
);
comment on column account.phone is 'Sealed; read only to send';
comment on column account.totp_secret is 'Sealed';

create index account_practitioner on account (practitioner) where practitioner is not null;

create table session (
  token_hash text primary key,
  account uuid not null references account,
  channel text not null default 'web',
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index session_account on session (account);

create table one_time_code (
  phone_index text not null,
  salt text not null,
  code_hash text not null,
  expires_at timestamptz not null,
  tries int not null default 0,
  sent_at timestamptz not null,
  primary key (phone_index)
);

-- Matters.
create table matter (
  region text not null constraint matter_region_is_a_county check (region ~ '^[0-9]{6}$'),
  id uuid not null,
  line text not null,
  edition text not null,
  code text not null,
  number text,
  state text not null,
  version int not null,
  applicant text not null,
  proxy text,
  assignee text,
  documents text[] not null default '{}',
  parent uuid,
  opened_at timestamptz not null,
  data jsonb not null default '{}',
  waits_for text not null,
  due_at timestamptz,
  is_open boolean not null default true,
  primary key (region, id),
  unique (region, code)
);
comment on column matter.waits_for is 'Derived from the state: whose move it is; decides the queue';
comment on column matter.due_at is 'Derived: the earliest running duty; queues sort by it';
create index matter_queue on matter (region, waits_for, due_at, id) where is_open and number is not null;
create index matter_applicant on matter (applicant);
create index matter_proxy on matter (proxy) where proxy is not null;
create index matter_assignee on matter (assignee, due_at) where assignee is not null;
create index matter_parent on matter (region, parent) where parent is not null;

create table matter_code (
  code text primary key,
  region text not null,
  matter uuid not null,
  secret_hash text,
  failed_tries int not null default 0,
  locked_until timestamptz
);
comment on table matter_code is 'The index from a matter code to its county: code and secret together reopen a matter without an account';

create table event (
  region text not null,
  id uuid not null,
  seq int not null,
  action text not null,
  actor text not null,
  at timestamptz not null,
  "from" text not null,
  "to" text not null,
  input jsonb not null,
  xid xid8 not null default pg_current_xact_id(),
  primary key (region, id, seq),
  foreign key (region, id) references matter (region, id)
);
comment on table event is 'Append-only by grant: the application may insert and read, nobody may rewrite';
create index event_xid on event (xid);

create table clock (
  region text not null,
  id uuid not null,
  "limit" text not null,
  started_by int not null,
  started_on text not null,
  pauses jsonb not null default '[]',
  due_at timestamptz,
  target_at timestamptz,
  provisional boolean not null default false,
  stopped_at timestamptz,
  is_duty boolean not null,
  breached_at timestamptz,
  primary key (region, id, "limit", started_by),
  foreign key (region, id) references matter (region, id)
);
create index clock_sweep on clock (due_at) where stopped_at is null and breached_at is null and due_at is not null;

create table idempotency (
  region text not null,
  key uuid not null,
  matter uuid not null,
  seq int not null,
  intent text not null,
  actor text not null,
  seen timestamptz not null,
  replays int not null default 0,
  primary key (region, key)
);
comment on table idempotency is 'A key made by the client. A replay writes `seen`, so that its acknowledgement waits for replication like any other (TRUST 0.4)';

create table number_counter (
  region text not null,
  year int not null,
  kind text not null,
  last int not null,
  primary key (region, year, kind)
);

-- What people say and send. Sealed columns hold suite|kid|iv|ct|tag.
create table person (
  region text not null,
  id uuid not null,
  kind text not null check (kind in ('natural', 'organisation')),
  name text,
  id_number text,
  id_number_index text,
  phone text,
  phone_index text,
  address text,
  created_at timestamptz not null,
  erased_at timestamptz,
  primary key (region, id)
);
create index person_id_number on person (id_number_index) where id_number_index is not null;

create table party (
  region text not null,
  matter uuid not null,
  person uuid not null,
  role text not null check (role in ('recipient', 'opponent', 'representative', 'proxy', 'organ')),
  primary key (region, matter, person, role),
  foreign key (region, matter) references matter (region, id),
  foreign key (region, person) references person (region, id)
);
create index party_person on party (region, person);

create table answer (
  region text not null,
  matter uuid not null,
  question text not null,
  seq int not null,
  value text not null,
  said_by text not null,
  channel text not null,
  at timestamptz not null,
  verified_by text,
  verified_at timestamptz,
  primary key (region, matter, question, seq),
  foreign key (region, matter) references matter (region, id)
);
comment on table answer is 'Every fact knows its source; the last of a question holds, the earlier ones stay';

create table document (
  region text not null,
  id uuid not null,
  matter uuid not null,
  kind text not null,
  name text not null,
  mime text not null,
  bytes int not null,
  hash text not null,
  added_by text not null,
  at timestamptz not null,
  primary key (region, id),
  foreign key (region, matter) references matter (region, id)
);
create index document_matter on document (region, matter);

create table assessment (
  region text not null,
  id uuid not null,
  matter uuid not null,
  facts text not null,
  result text not null,
  proposal text not null,
  made_by text not null,
  at timestamptz not null,
  primary key (region, id),
  foreign key (region, matter) references matter (region, id)
);
create index assessment_matter on assessment (region, matter);

create table message (
  region text not null,
  id uuid not null,
  matter uuid not null,
  account text not null,
  template text not null,
  params jsonb not null default '{}',
  channel text not null,
  status text not null default 'queued' check (status in ('queued', 'sent', 'failed', 'shown')),
  created_at timestamptz not null,
  sent_at timestamptz,
  primary key (region, id),
  foreign key (region, matter) references matter (region, id)
);
create index message_matter on message (region, matter);

-- Audit: who saw or changed what beyond the event log; sealed in batches.
create table audit (
  no bigint generated always as identity primary key,
  at timestamptz not null,
  actor text not null,
  kind text not null,
  region text,
  matter uuid,
  detail jsonb not null default '{}',
  salt text not null,
  xid xid8 not null default pg_current_xact_id()
);
create index audit_xid on audit (xid);
create index audit_reveals on audit (actor, at) where kind = 'reveal';
create index audit_matter on audit (matter) where matter is not null;

create table audit_seal (
  no int primary key,
  first_xid xid8 not null,
  last_xid xid8 not null,
  leaves int not null,
  root text not null,
  previous text,
  signature text not null,
  at text not null
);

comment on column audit_seal.at is 'As signed, to the letter';

create table lease (
  name text primary key,
  holder text not null,
  until timestamptz not null
);
