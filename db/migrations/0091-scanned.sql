alter table document add column scan_result text check (scan_result in ('clean', 'infected'));
alter table document add column asked_scanner_at timestamptz;
comment on column document.scan_result is 'What a scanner said of the bytes; null until it has. Where one is set, nothing is served before it is clean';
comment on column document.asked_scanner_at is 'When a scanner was last asked: what it could not judge waits behind what it was not asked about yet';
create index document_unjudged on document (asked_scanner_at nulls first, hash) where scan_result is null and erased_at is null;
