-- Answers to requests that must run once, kept for a day under the key that the caller chose.
create table idempotency (
    tenant text not null,
    account_id uuid not null,
    key text not null,
    request bytea not null,
    status bigint not null,
    version bigint,
    location text,
    body text not null,
    recorded_at bigint not null,
    primary key (tenant, account_id, key)
);
create index idempotency_recorded on idempotency (tenant, recorded_at);
