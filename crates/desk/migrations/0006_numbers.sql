-- Dossiers that were taken on and are over, as they count in every period from then on. This and
-- the next two tables are computed from the journal behind whoever acts, and can be emptied and
-- computed again at any time.
create table count_over (
    tenant text not null,
    case_id uuid not null,
    agency_id uuid not null,
    procedure_code text not null,
    accepted_at bigint not null,
    ended_at bigint not null,
    ending text not null,
    primary key (tenant, case_id)
);
create index count_over_walk on count_over
    (tenant, agency_id, ending, ended_at, case_id, procedure_code, accepted_at);

-- Of these, the ones that were in hand when a month (`2026-11`) ended.
create table count_carried (
    tenant text not null,
    agency_id uuid not null,
    month text not null,
    case_id uuid not null,
    procedure_code text not null,
    accepted_at bigint not null,
    primary key (tenant, agency_id, month, case_id)
);

-- How many of these ended in a month; under the procedure '' those of all procedures.
create table count_month (
    tenant text not null,
    procedure_code text not null,
    month text not null,
    agency_id uuid not null,
    ending text not null,
    n bigint not null,
    primary key (tenant, procedure_code, month, agency_id, ending)
);

-- The position in the journal up to which was counted.
create table count_place (
    tenant text not null,
    pos bigint not null,
    primary key (tenant)
);

-- Answers are counted by agency and procedure without looking at each dossier.
alter table satisfaction add column agency_id uuid;
alter table satisfaction add column procedure_code text;
create index satisfaction_answered on satisfaction
    (tenant, agency_id, answered_at, procedure_code, score);
