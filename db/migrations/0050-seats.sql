-- Who sits at the table of a matter: its seats as the log folds them, and the same as rows, which the policies ask.
alter table matter add column seats jsonb not null default '{}', add column joint jsonb not null default '{}', add column is_staffed boolean not null default false;
comment on column matter.seats is 'Derived: the holders of each seat; `standing` has the same as rows';
comment on column matter.joint is 'Derived: who has done their part of an action that counts once everybody has';
comment on column matter.is_staffed is 'Derived: somebody is seated to work on it';

create table standing (
  region text not null,
  matter uuid not null,
  seat text not null,
  holder text not null,
  account text,
  party uuid,
  side text not null check (side in ('asks', 'answers', 'works')),
  sees_all boolean not null,
  is_principal boolean not null,
  since timestamptz not null,
  until timestamptz,
  seq int not null,
  primary key (region, matter, seat, holder, seq),
  check (account is not null or party is not null)
);
comment on column standing.holder is 'The same as long as they sit there: the account they came by, or the party the records know';
comment on column standing.is_principal is 'The seat of the person the matter is for';
comment on column standing.seq is 'The event that seated them';
create index standing_account on standing (account, side, is_principal) where until is null and account is not null;
create index standing_matter on standing (region, matter) where until is null;

-- What was recorded before there were seats: the applicant, whoever acts for them, whoever works on it. A holder goes by the account they came with.
update matter m set is_staffed = m.assignee is not null, seats = jsonb_strip_nulls(jsonb_build_object(
  case when m.line = 'criminal-notice' then 'organ' else 'applicant' end, jsonb_build_array(jsonb_build_object('account', m.applicant, 'party', null,
    'id', coalesce((select e.input ->> 'applicant' from event e where e.region = m.region and e.id = m.id and e.seq = 0), m.applicant))),
  'proxy', case when m.proxy is not null then jsonb_build_array(jsonb_build_object('id', m.proxy, 'account', m.proxy, 'party', null)) end,
  'assignee', case when m.assignee is not null then jsonb_build_array(jsonb_build_object('id', m.assignee, 'account', m.assignee, 'party', null)) end));
-- Nulls were dropped inside the holders as well; they say that there is no party.
update matter m set seats = (select jsonb_object_agg(seat, (select jsonb_agg(holder || '{"party": null}') from jsonb_array_elements(holders) holder))
  from jsonb_each(m.seats) table_ (seat, holders)) where m.seats <> '{}';
insert into standing (region, matter, seat, holder, account, side, sees_all, is_principal, since, seq)
  select m.region, m.id, seat, holder ->> 'id', holder ->> 'account', case seat when 'assignee' then 'works' else 'asks' end, seat <> 'organ', seat in ('applicant', 'organ'), m.opened_at, 0
  from matter m, jsonb_each(m.seats) table_ (seat, holders), jsonb_array_elements(holders) holder;

update matter set waits_for = 'desk' where waits_for in ('agency', 'bureau');
drop index matter_applicant, matter_proxy, matter_assignee;
alter table matter drop column applicant cascade, drop column proxy cascade, drop column assignee cascade;
-- The index of what nobody works on went with the column.
create index matter_unassigned on matter (region, line, state, (least(due_at, 'infinity'::timestamptz)), id) where is_open and number is not null and not is_staffed;
