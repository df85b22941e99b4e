-- An application that is being filled in. What was answered is sealed under the key of its owner;
-- whose matter it is may be another, by a mandate. Once filed it only knows the dossier it became.
create table draft (
    tenant text not null,
    id uuid not null,
    owner uuid not null,
    applicant uuid not null,
    mandate uuid,
    procedure_code text not null,
    procedure_version bigint not null,
    sealed bytea,
    version bigint not null,
    created_at bigint not null,
    updated_at bigint not null,
    filed_case uuid,
    primary key (tenant, id)
);
create index draft_owner on draft (tenant, owner, updated_at);
create index draft_updated on draft (tenant, updated_at);

-- What somebody was typing when the session ended, until they are back: one answer of a question,
-- sealed under the key of the draft's owner.
create table draft_held (
    tenant text not null,
    draft_id uuid not null,
    question text not null,
    sealed bytea not null,
    recorded_at bigint not null,
    primary key (tenant, draft_id, question)
);

-- How many questions and papers of an online filing the state already had the answer to.
create table once_only (
    tenant text not null,
    case_id uuid not null,
    fields bigint not null,
    fields_known bigint not null,
    papers bigint not null,
    papers_known bigint not null,
    recorded_at bigint not null,
    primary key (tenant, case_id)
);
create index once_only_recorded on once_only (tenant, recorded_at);
