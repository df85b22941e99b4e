-- One row for each case: its whole state, and beside it what lists filter and sort by.
create table case_state (
    tenant text not null,
    id uuid not null,
    version bigint not null,
    code text not null,
    procedure_code text not null,
    procedure_version bigint not null,
    applicant uuid not null,
    channel text not null,
    received_by uuid not null,
    decided_by uuid not null,
    status text not null,
    submitted_at bigint not null,
    accepted_at bigint,
    due_at bigint,
    ended_at bigint,
    returned_at bigint,
    supplements bigint not null,
    paused_seconds bigint not null,
    reopens uuid,
    state json not null,
    primary key (tenant, id)
);
create unique index case_state_code on case_state (tenant, code);
create index case_state_decided on case_state (tenant, decided_by, submitted_at, id);
create index case_state_received on case_state (tenant, received_by, submitted_at, id);
create index case_state_applicant on case_state (tenant, applicant, procedure_code, submitted_at);
create index case_state_submitted on case_state (tenant, submitted_at, id);

-- What has to be done now; a closed case has no row here.
create table work_item (
    tenant text not null,
    case_id uuid not null,
    step text not null,
    agency_id uuid not null,
    post_id uuid,
    since_at bigint not null,
    due_at bigint not null,
    step_due_at bigint not null,
    paused boolean not null,
    primary key (tenant, case_id, step)
);
create index work_item_post on work_item (tenant, post_id, paused, due_at, case_id);
create index work_item_agency on work_item (tenant, agency_id, paused, due_at, case_id);

-- What people wrote in their own words; the journal holds only its hash.
create table case_note (
    tenant text not null,
    case_id uuid not null,
    version bigint not null,
    sealed bytea not null,
    primary key (tenant, case_id, version)
);

-- Serial numbers of dossier codes: one count for each agency and day.
create table case_serial (
    tenant text not null,
    agency_id uuid not null,
    day text not null,
    last bigint not null,
    primary key (tenant, agency_id, day)
);

-- What happened and is still to be told to others, written with the change itself.
create table outbox (
    tenant text not null,
    event_id uuid not null,
    case_id uuid not null,
    kind text not null,
    recorded_at bigint not null,
    primary key (tenant, event_id)
);
