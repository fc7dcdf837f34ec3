-- From which address something in the audit was done. Beside the audit, which is never changed: an address is personal information and is erased when its time is over.
create table audit_source (
  id uuid primary key,
  audit_no bigint not null,
  at timestamptz not null,
  address text not null
);
create index audit_source_no on audit_source (audit_no);
create index audit_source_at on audit_source (at);
comment on column audit_source.address is 'Sealed';
