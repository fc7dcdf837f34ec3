-- What follows from people's rights over their data (个人信息保护法 art. 44-50). None of it is part of the fold: the log holds the decisions.
alter table matter add column erased_at timestamptz;
alter table matter add column use_stopped_at timestamptz;
comment on column matter.erased_at is 'What was said and sent in it is deleted; number, states and log stay';
comment on column matter.use_stopped_at is 'Stored and secured, and put to no other use (个人信息保护法 art. 47(2))';

alter table answer add column carried_from uuid;
comment on column answer.carried_from is 'The matter it was first told in, or the request that corrected it';

alter table document add column erased_at timestamptz;
comment on column document.erased_at is 'The bytes are gone; that there was such a paper stays';
