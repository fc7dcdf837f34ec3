-- The desk: a queue narrowed to a line or a stage is read in order like the whole queue, and what nobody has been given stands in an index of its own.
create index matter_line on matter (region, line, waits_for, (least(due_at, 'infinity'::timestamptz)), id) where is_open and number is not null;
create index matter_stage on matter (region, line, state, (least(due_at, 'infinity'::timestamptz)), id) where is_open and number is not null;
create index matter_unassigned on matter (region, line, state, (least(due_at, 'infinity'::timestamptz)), id)
  where is_open and number is not null and assignee is null;
-- A number is found by how it begins, whatever language the database sorts in.
create index matter_number on matter (number collate "C") where number is not null;
create index person_phone on person (phone_index) where phone_index is not null;
create index message_account on message (account, created_at);

create table saved_filter (
  account uuid not null references account,
  id uuid not null,
  name text not null,
  search text not null,
  created_at timestamptz not null,
  primary key (account, id)
);
comment on column saved_filter.search is 'The part of the address of a queue after the question mark: words of our own, never a person';

create table notice_mark (
  account uuid not null references account,
  notice text not null,
  at timestamptz not null,
  primary key (account, notice)
);
comment on table notice_mark is 'Which notices a reader has read; a notice is a message by its id, or a limit that passed';
