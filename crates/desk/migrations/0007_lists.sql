-- What is not over, for the figures of a head and for lists against the clock; it is little,
-- however long the history.
create index case_state_open on case_state
    (tenant, ended_at, decided_by, status, due_at, soon_at, paused_at, submitted_at, id)
    where ended_at is null;

-- Under which rules columns were last written anew, so that they are when a rule changes.
create table desk_mark (
    tenant text not null,
    name text not null,
    value text not null,
    primary key (tenant, name)
);
