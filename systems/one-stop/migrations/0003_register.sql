-- Lists of an agency by where its dossiers stand and by procedure, newest first; and what ended
-- since when, or has not ended, for figures.
create index case_state_status on case_state (tenant, decided_by, status, submitted_at, id);
create index case_state_procedure on case_state (tenant, decided_by, procedure_code, submitted_at, id);
create index case_state_ended on case_state (tenant, decided_by, ended_at, id);
