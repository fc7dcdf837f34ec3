-- What one person holds over all their matters of a county is counted before they hand in another paper.
create index document_adder on document (region, added_by) where erased_at is null;
