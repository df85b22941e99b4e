-- That a history was generated here, and whether it was finished: half a history is worth nothing.
create table demo_history (
    tenant text not null,
    seed bigint not null,
    dossiers bigint not null,
    until_at bigint not null,
    finished boolean not null,
    primary key (tenant)
);

-- Irregularities that the generator planted, to measure their finder by.
create table demo_planted (
    tenant text not null,
    case_id uuid not null,
    kind text not null,
    primary key (tenant, case_id, kind)
);
create index demo_planted_kind on demo_planted (tenant, kind);

-- What applicants answered when they had the result: 3 very satisfied, 2 satisfied, 1 dissatisfied.
create table satisfaction (
    tenant text not null,
    case_id uuid not null,
    score bigint not null,
    answered_at bigint not null,
    primary key (tenant, case_id)
);
