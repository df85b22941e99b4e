-- Texts of procedures, each version for good; a running case keeps its version.
create table procedure_version (
    tenant text not null,
    code text not null,
    version bigint not null,
    text text not null,
    recorded_at bigint not null,
    primary key (tenant, code, version)
);

-- The answers of a dossier's form, sealed under the key of the applicant.
create table dossier_form (
    tenant text not null,
    case_id uuid not null,
    sealed bytea not null,
    primary key (tenant, case_id)
);

-- Files of a dossier: which paper, under which name, with which content.
create table dossier_file (
    tenant text not null,
    case_id uuid not null,
    hash text not null,
    component text,
    name text not null,
    kind text not null,
    size bigint not null,
    recorded_at bigint not null,
    primary key (tenant, case_id, hash)
);

-- Entries of a published catalogue, as dirty as they came; a time limit in doubt is marked.
create table catalogue_entry (
    tenant text not null,
    code text not null,
    name text not null,
    sector text not null,
    to_confirm boolean not null,
    entry json not null,
    recorded_at bigint not null,
    primary key (tenant, code)
);
