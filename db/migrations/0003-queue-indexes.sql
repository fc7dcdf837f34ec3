-- A queue is read a page at a time, county by county and party by party, soonest limit first; what has no limit comes last
-- (`least` passes over a null; row security lets it reach the index, as it does not `coalesce`).
drop index matter_queue;
create index matter_queue on matter (region, waits_for, (least(due_at, 'infinity'::timestamptz)), id) where is_open and number is not null;
-- A provider's own: the queue reads it in order, the caseload counts it.
drop index matter_assignee;
create index matter_assignee on matter (assignee, (least(due_at, 'infinity'::timestamptz)), id) where is_open and assignee is not null;
