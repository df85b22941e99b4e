-- What somebody says is wrong about them, and what became of it. Their words and the answer are
-- sealed under their key; the journal has the hash of what is sealed.
create table correction (
    tenant text not null,
    id uuid not null,
    party_id uuid not null,
    field text not null,
    sealed bytea not null,
    filed_at bigint not null,
    status text not null,
    decided_at bigint,
    decided_post uuid,
    reply bytea,
    primary key (tenant, id)
);
create index correction_party on correction (tenant, party_id, filed_at);
create index correction_status on correction (tenant, status, filed_at, id);
