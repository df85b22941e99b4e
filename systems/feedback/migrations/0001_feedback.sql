-- A report beside its case: what lists, the map and the public show. What the reporter wrote is
-- sealed with the form of the case; here stands only what somebody let the public read.
create table feedback (
    tenant text not null,
    case_id uuid not null,
    code text not null,
    category text not null,
    suggested text,
    sure double precision,
    sorted boolean not null,
    profile text not null,
    place text,
    north double precision,
    east double precision,
    cell bigint,
    agency uuid not null,
    state text not null,
    is_open boolean not null,
    confidential boolean not null,
    wanted_shown boolean not null,
    shown boolean not null,
    name_shown text,
    public_text text,
    public_place text,
    answer text,
    refusal text,
    supporters bigint not null,
    merged_into uuid,
    reopens uuid,
    reopened_as uuid,
    satisfied boolean,
    rated_at bigint,
    source text not null,
    submitted_at bigint not null,
    forwarded_at bigint,
    due_at bigint,
    ended_at bigint,
    on_time boolean,
    published_at bigint,
    updated_at bigint not null,
    escalated_at bigint,
    primary key (tenant, case_id)
);
create unique index feedback_code on feedback (tenant, code);
create index feedback_shown on feedback (tenant, shown, submitted_at, case_id);
create index feedback_shown_place on feedback (tenant, shown, place, submitted_at, case_id);
create index feedback_shown_category on feedback (tenant, shown, category, submitted_at, case_id);
create index feedback_shown_state on feedback (tenant, shown, state, submitted_at, case_id);
create index feedback_updated on feedback (tenant, shown, updated_at, case_id);
create index feedback_near on feedback (tenant, cell, submitted_at);
create index feedback_in_place on feedback (tenant, place, submitted_at);
create index feedback_due on feedback (tenant, is_open, due_at);
create index feedback_ended on feedback (tenant, ended_at, agency);
create index feedback_sorted on feedback (tenant, sorted, submitted_at);

-- Who has it too, by a hash that says nothing about them.
create table feedback_supporter (
    tenant text not null,
    case_id uuid not null,
    who bytea not null,
    party uuid,
    at bigint not null,
    primary key (tenant, case_id, who)
);

-- Photos without metadata: of the report, of what was added, of the answer.
create table feedback_photo (
    tenant text not null,
    case_id uuid not null,
    hash text not null,
    small text not null,
    kind text not null,
    shown boolean not null,
    at bigint not null,
    primary key (tenant, case_id, hash)
);
create index feedback_photo_hash on feedback_photo (tenant, hash);
create index feedback_photo_small on feedback_photo (tenant, small);

-- Photos that were sent while a report is still being written; forgotten after a day.
create table feedback_upload (
    tenant text not null,
    hash text not null,
    small text not null,
    north double precision,
    east double precision,
    at bigint not null,
    primary key (tenant, hash)
);
create index feedback_upload_at on feedback_upload (tenant, at);

-- What the public is told of a report, in order of time; programs of others add to it.
create table feedback_update (
    tenant text not null,
    id uuid not null,
    case_id uuid not null,
    at bigint not null,
    kind text not null,
    is_open boolean not null,
    words text,
    media text,
    source text,
    primary key (tenant, id)
);
create index feedback_update_at on feedback_update (tenant, at, id);
create index feedback_update_case on feedback_update (tenant, case_id, at);

-- The text by which reports are routed; the newest holds, the others stay.
create table feedback_rules (
    tenant text not null,
    version bigint not null,
    text text not null,
    recorded_at bigint not null,
    primary key (tenant, version)
);

-- Who may send reports by Open311, by the hash of their key.
create table open311_key (
    tenant text not null,
    hash bytea not null,
    name text not null,
    created_at bigint not null,
    revoked_at bigint,
    primary key (tenant, hash)
);
