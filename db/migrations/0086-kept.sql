-- What people said and sent can be erased, so it lies outside the log; the audit has the digest of each row. Its salt goes with what it salts.
alter table person add column salt text;
alter table answer add column salt text;
alter table assessment add column salt text;
alter table document add column salt text;
comment on column person.salt is 'Of the digest in the audit; null of rows older than it, and once erased';
create index audit_kept on audit (region, no) where kind = 'kept';
create index audit_erased on audit (region, matter) where kind = 'erased';
