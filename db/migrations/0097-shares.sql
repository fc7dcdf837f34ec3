-- What was carried from one matter to another by the person's leave: which facts, why, until when, and who said so.
create table share (
  region text not null,
  id uuid not null,
  matter uuid not null,
  holder text not null,
  to_region text not null,
  to_matter uuid not null,
  to_line text not null,
  to_holder text not null,
  keys text[] not null,
  questions text[] not null,
  purpose text not null check (purpose in ('referral')),
  leave text not null check (leave in ('own', 'phone', 'present', 'written')),
  given_by text not null,
  given_at timestamptz not null,
  until timestamptz not null,
  stage text not null check (stage in ('offered', 'accepted', 'returned', 'revoked')),
  stage_at timestamptz,
  salt text,
  primary key (region, id),
  foreign key (region, matter) references matter (region, id),
  constraint share_is_answered check ((stage = 'offered') = (stage_at is null))
);
create index share_from on share (region, matter);
create index share_to on share (to_region, to_matter);
comment on table share is 'Facts of one matter that another may read, by the leave of whose they are';
comment on column share.holder is 'Whose words of the giving matter: nobody else’s are carried';
comment on column share.keys is 'Facts of the catalogue (`src/parts/facts.ts`)';
comment on column share.questions is 'The questions of the giving matter those facts were told to';
comment on column share.until is 'By the clock of the database: until then the receiver reads through it, if it has not answered before';
comment on column share.stage is 'Offered: read through the share. Accepted: copied, and the receiver’s own. Else nothing is read';

-- Who wrote down how somebody is reached, and whether it was proved that it is theirs.
alter table person add column entered_by text, add column proved_at timestamptz, add column proved_by text;
comment on column person.entered_by is 'Who wrote these values down: an officer, or the person themselves';
comment on column person.proved_at is 'When somebody who holds this telephone read a code back to whoever writes there; null while nobody did';
