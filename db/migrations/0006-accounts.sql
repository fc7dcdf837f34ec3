-- Accounts that people manage for each other, and the keys they hold themselves.
alter table account add column preferences jsonb not null default '{}';
alter table account add column disabled_because text;
comment on column account.preferences is 'How the workbench looks and answers to keys for this person';
comment on column account.disabled_because is 'In the words of whoever shut it; read by administrators alone';
alter table account add constraint account_administrator_does_nothing_else check (not 'administrator' = any (duties) or cardinality(duties) = 1);
create index account_staff on account (region, name, id) where kind <> 'citizen';

alter table session add column id uuid not null default gen_random_uuid() unique;
alter table session add column device text not null default '';
alter table session add column proved_at timestamptz;
comment on column session.device is 'Browser and system in two words, as they call themselves';
comment on column session.proved_at is 'When the person last showed password and authenticator, or a passkey';
update session set proved_at = created_at;

create table enrolment (
  code_hash text primary key,
  account uuid not null references account,
  made_by text not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index enrolment_account on enrolment (account);
comment on table enrolment is 'A code by which somebody sets their own password and authenticator, once';

create table reset_request (
  id uuid primary key,
  account uuid not null references account,
  reason text not null,
  asked_by text not null,
  asked_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  is_approved boolean,
  constraint reset_request_takes_two check (not coalesce(is_approved, false) or decided_by <> asked_by),
  constraint reset_request_not_for_oneself check (asked_by <> account::text and coalesce(decided_by, '') <> account::text)
);
create unique index reset_request_open on reset_request (account) where decided_at is null;
comment on table reset_request is 'A lost authenticator is replaced by two administrators, neither of them its owner (TRUST 3.1)';

create table passkey (
  id text primary key,
  account uuid not null references account,
  name text not null,
  public_key text not null,
  counter bigint not null,
  transports text[] not null default '{}',
  added_at timestamptz not null,
  used_at timestamptz
);
create index passkey_account on passkey (account);
comment on column passkey.id is 'The credential''s id, and the public key, in base64url';

create table challenge (
  hash text primary key,
  purpose text not null check (purpose in ('add', 'enter', 'prove')),
  account uuid references account,
  expires_at timestamptz not null
);
create index challenge_old on challenge (expires_at);
comment on table challenge is 'What a passkey must sign, once, within five minutes';

-- Tries are counted by what was typed, so that a login nobody has waits like any other.
create table sign_in_try (
  login_index text primary key,
  tries int not null,
  tried_at timestamptz not null,
  locked_until timestamptz
);
create index sign_in_try_old on sign_in_try (tried_at);
comment on column sign_in_try.login_index is 'Blind index of the login';
alter table account drop column failed_tries, drop column locked_until;

create index audit_actor on audit (actor, no);
create index audit_kind on audit (kind, no);
create index audit_seal_span on audit_seal (last_xid);
