-- How somebody is reached is never shown to the other side, whatever a step, a form or a slip of ours asks for.
alter table answer add constraint answer_contact_is_kept check (not (is_shared and question = 'contact'));
comment on column answer.is_shared is 'Its holder shows it to the other seats; of a question at most one saying';
comment on column document.is_shared is 'Its holder shows it to the other seats';
