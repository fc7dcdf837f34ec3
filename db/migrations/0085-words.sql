-- What officers and applicants write in their own words, beside the log and the audit, which keep its digest alone: those are never rewritten, this is erased.
create table said_text (
  region text not null,
  mark text not null,
  matter uuid,
  seq int,
  kind text not null,
  text text,
  salt text,
  actor text not null,
  at timestamptz not null,
  erased_at timestamptz,
  primary key (region, mark),
  constraint said_text_is_whole_or_erased check ((text is null) = (salt is null) and (text is null) = (erased_at is not null))
);
create index said_text_matter on said_text (region, matter) where matter is not null;
comment on table said_text is 'Free text out of the log and the audit: where it was written, there stands its mark';
comment on column said_text.mark is 'A digest of salt and words under a key outside the database, as it stands in the event or the entry of the audit';
comment on column said_text.kind is 'Of an event, or the kind of the entry of the audit';
comment on column said_text.seq is 'Which event of its matter; null where the words are those of an entry of the audit';
comment on column said_text.text is 'Sealed; gone with what people said in the matter';
comment on column said_text.salt is 'Gone with the words: without it no guess at them can be tried';
