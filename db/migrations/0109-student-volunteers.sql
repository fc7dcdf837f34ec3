-- Law students advise as volunteers, under guidance, and represent nobody (法律援助法 art. 17).
alter table practitioner drop constraint practitioner_kind_check;
alter table practitioner add constraint practitioner_kind_check
  check (kind in ('lawyer', 'grassrootsLegalWorker', 'agencyStaff', 'volunteer', 'studentVolunteer', 'mediator', 'partTimeMediator'));
