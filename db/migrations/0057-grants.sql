-- What somebody may do, where, and in which services: at one office, or over a region. Ended, never deleted: who held what when stays known.
alter table account add column is_administrator boolean not null default false;
update account set is_administrator = true where 'administrator' = any (duties);
alter table account add constraint account_is_one_of_two unique (id, is_administrator);
comment on column account.region is 'Whose administrators manage it: the smallest region that holds all its grants';

create table duty_grant (
  id uuid primary key,
  account uuid not null,
  duty text not null check (duty in ('intake', 'reviewer', 'director', 'supervisor', 'manager', 'auditor', 'administrator')),
  region text not null check (region ~ '^[0-9]{2,12}$'),
  office uuid,
  lines text[] check (cardinality(lines) > 0),
  valid_from timestamptz not null,
  valid_to timestamptz,
  granted_by text not null,
  is_administrator boolean not null generated always as (duty = 'administrator') stored,
  constraint duty_grant_administrator_does_nothing_else foreign key (account, is_administrator) references account (id, is_administrator),
  foreign key (region, office) references office (region, id),
  constraint duty_grant_is_over_a_division check (office is not null or region ~ '^[0-9]{2}([0-9]{2}){0,2}$'),
  constraint duty_grant_administrator_is_over_a_region check (duty <> 'administrator' or office is null and lines is null)
);
create index duty_grant_account on duty_grant (account);
comment on column duty_grant.region is 'A division and all below it; of a grant at an office, where the office is';
comment on column duty_grant.lines is 'The services it is for; null for all';
comment on column duty_grant.valid_to is 'The first moment at which it no longer holds';

-- What accounts held so far: every duty over the whole region, in every service.
insert into duty_grant (id, account, duty, region, valid_from, granted_by)
  select gen_random_uuid(), a.id, d.duty, a.region, a.created_at, 'system' from account a, unnest(a.duties) d (duty) where a.kind = 'staff' and a.region <> '';
alter table account drop constraint account_administrator_does_nothing_else, drop column duties, drop column office;
