-- Who has a matter open now: one row a page, renewed while it is. Nothing is lost with it in a crash, so nothing of it is logged.
create unlogged table presence (
  region text not null,
  matter uuid not null,
  page uuid not null,
  account text not null,
  role text not null,
  since timestamptz not null,
  until timestamptz not null,
  primary key (region, matter, page)
);
create index presence_until on presence (until);
comment on column presence.until is 'A page that is not renewed by then is gone: its browser, its network or its server is';

-- 办案便签: for staff and the assignee alone.
create table note (
  region text not null,
  id uuid not null,
  matter uuid not null,
  text text,
  written_by text not null,
  at timestamptz not null,
  struck_at timestamptz,
  primary key (region, id),
  foreign key (region, matter) references matter (region, id),
  constraint note_is_written_or_struck check ((text is null) = (struck_at is not null))
);
create index note_matter on note (region, matter, at);
comment on column note.text is 'Sealed; destroyed when the note is struck out';
