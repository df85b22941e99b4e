-- What is not over, of every matter apart.
drop index case_state_open;
create index case_state_open on case_state
    (tenant, ended_at, decided_by, status, due_at, soon_at, paused_at, submitted_at, id, matter)
    where ended_at is null;
