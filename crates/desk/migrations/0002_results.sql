-- Results as signed documents. A case has a first one, and where that was replaced a second, and
-- so on; each stays, with what became of it.
create table dossier_result (
    tenant text not null,
    case_id uuid not null,
    serial bigint not null,
    party_id uuid not null,
    agency_id uuid not null,
    procedure_code text not null,
    name text not null,
    number text not null,
    source text not null,
    hash text not null,
    size bigint not null,
    signed_at bigint not null,
    signed_by text not null,
    certificate text not null,
    person uuid not null,
    post uuid not null,
    ended text,
    ground text,
    ended_at bigint,
    primary key (tenant, case_id, serial)
);
create index dossier_result_party on dossier_result (tenant, party_id, signed_at);
create index dossier_result_hash on dossier_result (tenant, hash);
