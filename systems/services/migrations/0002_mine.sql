-- A person's own dossiers, the newest first, whatever their procedures.
create index case_state_mine on case_state (tenant, applicant, submitted_at);
