-- One order over the log and the audit that is this database's own. Transaction ids begin anew when a dump is put into another cluster, and clocks leap: neither may say
-- what comes after what. What is written is noted here with it, and given its place once it is committed.
create table uncollected (
  n bigint generated always as identity primary key,
  kind text not null check (kind in ('audit', 'event')),
  region text not null default '',
  id uuid not null default '00000000-0000-0000-0000-000000000000',
  seq bigint not null,
  at timestamptz not null default clock_timestamp()
);
comment on table uncollected is 'What was written and has no place in the order yet';
comment on column uncollected.seq is 'Of an event its place in its matter, of an entry of the audit its number';

create table collected (
  position bigint primary key,
  kind text not null check (kind in ('audit', 'event')),
  region text not null,
  id uuid not null,
  seq bigint not null,
  at timestamptz not null default clock_timestamp(),
  unique (kind, region, id, seq)
);
comment on table collected is 'The order of all that was written, without gaps: seals and readers of the feed go by it';
comment on column collected.at is 'When it was given its place, by the clock of the database: for how long something waits, never for what comes first';

-- What there is has the order it was sealed in.
alter table collected add column xid xid8;
insert into collected (position, kind, region, id, seq, xid)
  select row_number() over (order by xid, kind, place collate "C"), kind, region, id, seq, xid from (
    select xid, 'audit' as kind, lpad(no::text, 20, '0') as place, '' as region, '00000000-0000-0000-0000-000000000000'::uuid as id, no as seq from audit
    union all select xid, 'event', region || id::text || lpad(seq::text, 8, '0'), region, id, seq from event) written;

alter table audit_seal alter column first_xid drop not null, alter column last_xid drop not null, add column first_position bigint, add column last_position bigint;
update audit_seal s set first_position = its.first, last_position = its.last from (
  select no, min(c.position) as first, max(c.position) as last from audit_seal join collected c on c.xid between first_xid and last_xid group by no) its where its.no = s.no;
alter table collected drop column xid;
drop index audit_seal_span, audit_xid;
create index audit_seal_end on audit_seal (last_position);
comment on column audit_seal.first_xid is 'Of the seals made while transaction ids were the order: what they sign';
