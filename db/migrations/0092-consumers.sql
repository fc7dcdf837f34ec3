-- Who makes something of what is written reads it in its one order: how far each has come stands here, and moves in the transaction of its result.
create table watermark (
  consumer text primary key,
  position bigint not null default 0 check (position >= 0)
);
comment on table watermark is 'How far each consumer has read the one order of all that was written';
comment on column watermark.position is 'The last place it has taken in; everything up to there is in its result, once';

create table day_count (
  region text not null,
  office uuid not null,
  line text not null,
  counted text not null,
  what text not null,
  day date not null,
  n bigint not null,
  primary key (region, office, line, counted, what, day)
);
create index day_count_day on day_count (counted, day);
comment on table day_count is 'Figures of a day in China, counted from the log for everybody alike; they hold no id and no person';
comment on column day_count.office is 'Which office handled the matter by then; zeros while it was a draft that no registered office would get';
comment on column day_count.counted is 'By which consumer';
comment on column day_count.n is 'How many times it happened that day; of a state, how many matters more stood in it at the end of the day than before';
