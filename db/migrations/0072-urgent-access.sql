-- 紧急查阅: somebody reads for a few hours a matter that is closed to them, because they said why and a second person agreed.
create table urgent_access (
  region text not null,
  id uuid not null,
  matter uuid not null,
  asker text not null,
  relation text not null,
  because text not null check (because in ('safety', 'deadline', 'complaint', 'absence')),
  reason text,
  asked_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  is_approved boolean,
  until timestamptz,
  ended_by text,
  ended_at timestamptz,
  primary key (region, id),
  foreign key (region, matter) references matter (region, id),
  constraint urgent_access_is_by_two check (decided_by <> asker),
  constraint urgent_access_is_decided check ((decided_by is null) = (decided_at is null) and (decided_by is null) = (is_approved is null) and (until is not null) = coalesce(is_approved, false)),
  constraint urgent_access_is_ended check ((ended_by is null) = (ended_at is null) and (ended_by is null or is_approved))
);
create index urgent_access_matter on urgent_access (region, matter, asker) where is_approved and ended_at is null;
create index urgent_access_asker on urgent_access (asker, asked_at);
create index urgent_access_waiting on urgent_access (region, asked_at) where is_approved is null;
comment on column urgent_access.reason is 'Sealed; gone with what people said in the matter';
comment on column urgent_access.until is 'By the clock of the database: whoever forges a moment does not keep it open';
