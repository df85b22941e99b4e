-- A programme: a resolution with its goals, from month to month. Without an instant of issue it is a draft.
create table programme (
    tenant text not null,
    code text not null,
    number text not null,
    name text not null,
    agency_id uuid not null,
    signed_on text not null,
    from_month text not null,
    to_month text not null,
    invented boolean not null,
    goals text not null,
    recorded_at bigint not null,
    issued_at bigint,
    primary key (tenant, code)
);
create index programme_recent on programme (tenant, recorded_at);

-- What is promised, by one head, and the way to it. Without an indicator its figures are declared.
create table programme_target (
    tenant text not null,
    programme text not null,
    code text not null,
    goal bigint not null,
    name text not null,
    indicator text,
    scope text not null,
    span text not null,
    unit text not null,
    places bigint not null,
    better text not null,
    from_month text not null,
    start text not null,
    to_month text not null,
    target text not null,
    steps text not null,
    head uuid not null,
    primary key (tenant, programme, code)
);
create index programme_target_head on programme_target (tenant, head);

-- What is to be done, by one head; its case begins when the programme is issued.
create table programme_task (
    tenant text not null,
    programme text not null,
    code text not null,
    goal bigint not null,
    target text,
    name text not null,
    head uuid not null,
    assigner uuid not null,
    supporters text not null,
    budget bigint not null,
    term_at bigint not null,
    case_id uuid,
    primary key (tenant, programme, code)
);
create index programme_task_head on programme_task (tenant, head);
create unique index programme_task_case on programme_task (tenant, case_id) where case_id is not null;

-- Figures that nobody can compute: declared with a paper (grade C), checked by a second person (B).
create table programme_declared (
    tenant text not null,
    programme text not null,
    target text not null,
    month text not null,
    number bigint not null,
    value text not null,
    evidence text not null,
    evidence_name text not null,
    evidence_kind text not null,
    declared_by text not null,
    declared_at bigint not null,
    checked_by text,
    checked_at bigint,
    primary key (tenant, programme, target, month, number)
);

-- A head says otherwise than what was computed, and why; the newest that was not ended holds.
create table programme_override (
    tenant text not null,
    programme text not null,
    target text not null,
    number bigint not null,
    likelihood text not null,
    computed text,
    reason text not null,
    said_by text not null,
    said_at bigint not null,
    ended_at bigint,
    primary key (tenant, programme, target, number)
);

-- What was said of the programme when it was looked at, month by month.
create table programme_review (
    tenant text not null,
    programme text not null,
    month text not null,
    number bigint not null,
    words text not null,
    said_by text not null,
    said_at bigint not null,
    primary key (tenant, programme, month, number)
);
