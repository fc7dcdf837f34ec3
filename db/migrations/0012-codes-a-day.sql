-- A number is sent so many one-time codes a day and no more: whose it is did not necessarily ask.
alter table one_time_code add column sent_on date, add column sent_that_day int not null default 0;
comment on column one_time_code.sent_on is 'The day in China of the last code';
comment on column one_time_code.sent_that_day is 'How many codes were sent on that day; coming in by one takes the row away, and the count with it';
