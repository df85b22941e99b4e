-- Of which matter an answer is: dossiers and reports of citizens are counted apart.
alter table satisfaction add column matter text not null default 'dossier';
drop index satisfaction_answered;
create index satisfaction_answered on satisfaction
    (tenant, agency_id, answered_at, matter, procedure_code, score);

-- What was added to an answer: which parts it is about, and words, sealed under the key of whose
-- matter it is.
create table satisfaction_more (
    tenant text not null,
    case_id uuid not null,
    parts text not null,
    sealed bytea,
    primary key (tenant, case_id)
);

-- The dossier that was just returned at a counter, for the tablet that stands there: one row a
-- counter, under the key that the tablet's address carries.
create table satisfaction_tablet (
    tenant text not null,
    agency_id uuid not null,
    counter text not null,
    case_id uuid,
    shown_at bigint not null,
    primary key (tenant, agency_id, counter)
);
