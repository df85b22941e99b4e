-- What was asked to be computed, and what came of it: a forecast, a what-if, a plan, a back-test.
create table outlook_run (
    tenant text not null,
    id uuid not null,
    kind text not null,
    question json not null,
    state text not null,
    stage text not null,
    asked_by uuid,
    asked_at bigint not null,
    began_at bigint,
    ended_at bigint,
    pos bigint,
    result json,
    failure text,
    primary key (tenant, id)
);
-- What waits, in its order; the newest of a kind; what one person asked for.
create index outlook_run_state on outlook_run (tenant, state, asked_at);
create index outlook_run_kind on outlook_run (tenant, kind, state, asked_at);
create index outlook_run_person on outlook_run (tenant, asked_by, asked_at);
