-- A matter that only named people see, beside its own table: to every other officer it is not there.
alter table matter add column confined_at timestamptz;
comment on column matter.confined_at is 'Since when only those in `confidant` see it, of all whose grants cover it; null while it is open';
create index matter_confined on matter (region, id) where confined_at is not null;

create table confidant (
  region text not null,
  id uuid not null,
  matter uuid not null,
  account text not null,
  named_by text not null,
  since timestamptz not null,
  until timestamptz,
  primary key (region, id),
  foreign key (region, matter) references matter (region, id)
);
create unique index confidant_matter on confidant (region, matter, account) where until is null;
create index confidant_account on confidant (account, since) where until is null;
comment on table confidant is 'Who may see a confined matter, of those whose grants cover it';

create table confinement (
  region text not null,
  id uuid not null,
  matter uuid not null,
  change text not null check (change in ('confined', 'renamed', 'opened')),
  because text not null check (because in ('danger', 'minor', 'privacy', 'relation', 'over')),
  reason text,
  by text not null,
  at timestamptz not null,
  primary key (region, id),
  foreign key (region, matter) references matter (region, id)
);
create index confinement_matter on confinement (region, matter, at);
comment on table confinement is 'Each time a matter was confined, opened again or others were named: by whom, when and why';
comment on column confinement.reason is 'Sealed; gone with what people said in the matter';
