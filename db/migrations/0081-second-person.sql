-- No one alone: an account says whose word it stems from, and what is asked for one waits until another administrator confirms it.
alter table account add column made_by uuid references account, add column confirmed_by uuid references account, add column confirmed_at timestamptz;
comment on column account.made_by is 'Who asked for it; null for who came by themselves, and for what the command line or the seed made, which is where trust begins';
comment on column account.confirmed_by is 'Who confirmed it; null as above, and where one was enough when it was made';
comment on column account.confirmed_at is 'By the clock of the database: since when it may be used, and whoever administers by it may confirm after some days';

-- Who made what there is, as the audit knows it, else the first grant. Its policies have nothing to say to the owner here; db/policies.sql puts them back.
alter table audit no force row level security;
update account a set confirmed_at = a.created_at, made_by = (select m.id from account m where m.id::text = coalesce(
    (select u.actor from audit u where u.kind = 'accountChanged' and u.detail ->> 'change' = 'added' and u.detail ->> 'account' = a.id::text order by u.no limit 1),
    (select g.granted_by from duty_grant g where g.account = a.id order by g.valid_from, g.id limit 1)))
  where a.kind <> 'citizen';
alter table account add constraint account_is_shut_until_confirmed check (kind = 'citizen' or confirmed_at is not null or disabled_at is not null),
  add constraint account_takes_two check (confirmed_by <> made_by),
  add constraint account_is_made_by_another check (made_by <> id and confirmed_by <> id);

-- 三员分立: whoever manages accounts, whoever audits and whoever does the work are three.
alter table account add column branch text not null default 'officer' constraint account_is_of_one_branch check (branch in ('administrator', 'auditor', 'officer'));
comment on column account.branch is 'Which of the three it is, for good: every grant of it is of this one';
update account a set branch = 'administrator' where is_administrator;
update account a set branch = 'auditor' where exists (select from duty_grant g where g.account = a.id and g.duty = 'auditor' and (g.valid_to is null or g.valid_to > now()))
  and not exists (select from duty_grant g where g.account = a.id and g.duty <> 'auditor' and (g.valid_to is null or g.valid_to > now()));
alter table account add constraint account_and_branch unique (id, branch);
alter table duty_grant drop constraint duty_grant_administrator_does_nothing_else, drop column is_administrator, add column branch text;
alter table account drop constraint account_is_one_of_two, drop column is_administrator;
-- Who audited beside other work audits no more: an auditor is given an account of their own. What had ended before is left as it was.
update duty_grant g set valid_to = now() from account a where a.id = g.account and a.branch = 'officer' and g.duty = 'auditor' and (g.valid_to is null or g.valid_to > now());
update duty_grant g set branch = a.branch from account a where a.id = g.account
  and a.branch = case when g.duty in ('administrator', 'auditor') then g.duty else 'officer' end;
alter table duty_grant add constraint duty_grant_branch_of_its_duty check (
    coalesce(branch = case when duty in ('administrator', 'auditor') then duty else 'officer' end, false) or branch is null and valid_to is not null),
  add constraint duty_grant_of_its_accounts_branch foreign key (account, branch) references account (id, branch);
comment on column duty_grant.branch is 'Of its duty, and of its account; null for what had ended before the three were parted';

-- What one administrator asks for and another confirms.
create table account_request (
  id uuid primary key,
  account uuid not null references account,
  kind text not null check (kind in ('add', 'code', 'reset', 'rights', 'open')),
  reason text,
  name text,
  grants jsonb,
  asked_by text not null,
  asked_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  is_confirmed boolean,
  constraint account_request_takes_two check (not coalesce(is_confirmed, false) or decided_by <> asked_by),
  constraint account_request_not_for_oneself check (asked_by <> account::text and (not coalesce(is_confirmed, false) or decided_by <> account::text)),
  constraint account_request_is_decided check ((decided_by is null) = (decided_at is null) and (decided_by is null) = (is_confirmed is null))
);
create unique index account_request_open on account_request (account) where decided_at is null;
comment on table account_request is 'Nothing is given to an account by one person: what one administrator asks for, another confirms';
comment on column account_request.grants is 'Of what is added or changed: all that the account is to be granted';

insert into account_request (id, account, kind, reason, asked_by, asked_at, decided_by, decided_at, is_confirmed)
  select id, account, 'reset', reason, asked_by, asked_at, coalesce(decided_by, 'system'), coalesce(decided_at, now()), coalesce(is_approved, false) from reset_request;
drop table reset_request;

-- Codes that one person made open nothing any more: what is kept of a code is another hash now.
alter table enrolment add column confirmed_by text, add constraint enrolment_takes_two check (confirmed_by <> made_by);
