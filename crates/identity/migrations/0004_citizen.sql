-- Citizens who signed in: whom an identity provider named, and which party that is. The name that
-- the provider uses stands here as a keyed hash only.
create table citizen_account (
    tenant text not null,
    id uuid not null,
    issuer text not null,
    subject bytea not null,
    party_id uuid not null,
    created_at bigint not null,
    entered_at bigint not null,
    primary key (tenant, id),
    unique (tenant, issuer, subject)
);
create index citizen_account_party on citizen_account (tenant, party_id);

-- Citizens who are signed in, beside the sessions of officers and by the same rules.
create table citizen_session (
    tenant text not null,
    token_hash bytea not null,
    id uuid not null,
    account_id uuid not null,
    party_id uuid not null,
    level bigint not null,
    called text not null,
    device text not null,
    opened_at bigint not null,
    last_seen_at bigint not null,
    expires_at bigint not null,
    primary key (tenant, token_hash),
    unique (tenant, id)
);
create index citizen_session_party on citizen_session (tenant, party_id, opened_at);
create index citizen_session_last_seen on citizen_session (tenant, last_seen_at);
