-- How often each door was knocked at, by address, by network and in all. Unlogged: after a crash every count begins anew, and nothing else hangs on it.
create unlogged table flood_count (
  door text not null,
  bucket text not null,
  since timestamptz not null,
  knocks int not null,
  primary key (door, bucket)
);
create index flood_count_since on flood_count (since);
comment on table flood_count is 'Knocks at doors that floods come through; swept when their time is over';
comment on column flood_count.bucket is 'a, n or t for address, network or total, with a keyed digest of which: no address can be read from it';

-- Where what was filed came from, by network, so that the desk sees what belongs to one flood. It is a sign to those who work there, and decides nothing.
create table filing_source (
  region text not null,
  matter uuid not null,
  network text,
  filed_at timestamptz not null,
  is_flood boolean not null default false,
  primary key (region, matter),
  foreign key (region, matter) references matter (region, id)
);
create index filing_source_network on filing_source (network, filed_at);
create index filing_source_flood on filing_source (region, filed_at) where is_flood;
comment on column filing_source.network is 'A keyed digest of the network; gone after some days, when it tells nothing any more';
comment on column filing_source.is_flood is 'So many were filed from this network within an hour that each of them is marked';

-- Tries of code and secret are counted with the other doors, by who tries.
alter table matter_code drop column failed_tries, drop column locked_until;
