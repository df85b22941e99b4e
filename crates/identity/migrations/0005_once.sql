-- What may happen once only, by its hash: an answer of an identity provider, a challenge to a
-- passkey. A row is forgotten when the answer would be too old anyway.
create table spent (
    tenant text not null,
    hash bytea not null,
    forget_at bigint not null,
    primary key (tenant, hash)
);
create index spent_forget on spent (tenant, forget_at);
