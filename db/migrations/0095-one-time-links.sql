-- One-time links: the way to a table for somebody who sits there without an account. A link is good for one holder of one matter and for some actions, and is used once.
create table seat_link (
  region text not null,
  id uuid not null,
  matter uuid not null,
  seat text not null,
  holder text not null,
  actions text[] not null,
  way text not null check (way in ('paper', 'text')),
  proof text not null check (proof in ('phone', 'idDigits', 'spoken')),
  secret_hash text not null,
  made_by text not null,
  made_at timestamptz not null,
  sent_at timestamptz,
  expires_at timestamptz not null,
  tries int not null default 0,
  opened_at timestamptz,
  token_hash text,
  seen_at timestamptz,
  asked_again_at timestamptz,
  ended_at timestamptz,
  ended_because text check (ended_because in ('withdrawn', 'reissued', 'tries')),
  primary key (region, id),
  foreign key (region, matter) references matter (region, id)
);
create unique index seat_link_holder on seat_link (region, matter, holder) where ended_at is null;
create index seat_link_secret on seat_link (secret_hash);
create index seat_link_token on seat_link (token_hash) where token_hash is not null;
create index seat_link_ended on seat_link (expires_at);
comment on table seat_link is 'One-time links to a seat that somebody without an account holds; the session that one opened is kept with it';
comment on column seat_link.actions is 'What may be done by it, of the actions its seat declared when it was made';
comment on column seat_link.proof is 'What the person proves themselves by: nothing that stands in the letter';
comment on column seat_link.secret_hash is 'A keyed digest of what the letter holds';
comment on column seat_link.sent_at is 'When the carrier took the text, or the letter was there to be printed';
comment on column seat_link.token_hash is 'The session it opened; null before, and after it was left';
