-- A fact that was checked says how, beside by whom and when.
alter table answer add column verified_how text check (verified_how in ('originalSeen', 'dataQuery', 'phoned'));
comment on column answer.verified_how is 'How an officer checked the answer; null where nobody did';
