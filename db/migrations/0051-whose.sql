-- Whose something is, at a table with two sides: what one side said, sent or was told stays theirs until it is shared. Where only one side sits it is
-- nobody's in particular.
alter table answer add column holder text not null default '', add column is_shared boolean not null default false;
alter table answer drop constraint answer_pkey, add primary key (region, matter, question, holder, seq);
comment on column answer.holder is 'Whose word it is (standing.holder), or desk; empty at a table with one side';
alter table document add column holder text not null default '', add column is_shared boolean not null default false;
comment on column document.holder is 'Whose paper it is (standing.holder), or desk; empty at a table with one side';
alter table party add column holder text not null default '';
comment on column party.holder is 'Who named this person (standing.holder), or desk; empty at a table with one side';
alter table event add column holder text not null default '';
comment on column event.holder is 'Whose step it was at a table with two sides, where it was not told to all';
