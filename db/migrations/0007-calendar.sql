-- What a phone's calendar subscribes to.
create table feed (
  account uuid not null references account,
  scope text not null check (scope in ('mine', 'unit')),
  token_hash text not null unique,
  created_at timestamptz not null,
  read_at timestamptz,
  hour_from timestamptz not null,
  reads int not null default 0,
  primary key (account, scope)
);
comment on column feed.reads is 'Times read since `hour_from`; over the bound the feed rests until the hour is over';

-- The calendar walks running limits by day, county by county; a hearing runs as a limit too, without being a duty.
create index clock_calendar on clock (region, due_at) where stopped_at is null and due_at is not null and (is_duty or "limit" = 'hearing');

-- Two may edit an entry of the register at once: the second is told.
alter table office add column version int not null default 1;
alter table practitioner add column version int not null default 1;
create index practitioner_by_name on practitioner (region, name, id);
create index audit_register on audit (region, no) where kind = 'registerChanged';
