-- One event may start a limit for each of several parties: runs are told apart by whose they are.
alter table clock add column party text not null default '';
alter table clock add column extensions jsonb not null default '[]';
alter table clock add column length jsonb;
alter table clock drop constraint clock_pkey, add primary key (region, id, "limit", started_by, party);
comment on column clock.party is 'Whose run it is, by id; empty where the limit is not a party''s own';
comment on column clock.extensions is 'By how much it was lengthened or to which end, each with the day of the event that did it; the log decides';
comment on column clock.length is 'What was computed or fixed when it started; null where the line declares the length, and in rows older than this column';
