alter table practitioner drop constraint practitioner_kind_check;
alter table practitioner add constraint practitioner_kind_check check (kind in ('lawyer', 'grassrootsLegalWorker', 'agencyStaff', 'volunteer', 'mediator', 'partTimeMediator'));
