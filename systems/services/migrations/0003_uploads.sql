-- Files on their way, in the pieces that have come so far; gone when they are whole, or after a day.
create table upload (
    tenant text not null,
    id uuid not null,
    draft_id uuid not null,
    owner uuid not null,
    component text not null,
    name text not null,
    length bigint not null,
    received bigint not null,
    created_at bigint not null,
    primary key (tenant, id)
);
create index upload_draft on upload (tenant, draft_id);
create index upload_created on upload (tenant, created_at);
create table upload_piece (
    tenant text not null,
    upload_id uuid not null,
    start bigint not null,
    content bytea not null,
    primary key (tenant, upload_id, start)
);
