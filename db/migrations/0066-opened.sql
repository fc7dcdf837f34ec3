-- What somebody opened on a day is counted whenever they open more.
create index audit_opened on audit (actor, at) where kind in ('viewMatter', 'download');
