-- Passkeys (WebAuthn): the public half of a key that an officer or a citizen keeps on a device. A
-- credential is known by the hash of its identifier.
create table passkey (
    tenant text not null,
    credential bytea not null,
    holder text not null,
    owner uuid not null,
    name text not null,
    level bigint not null,
    public json not null,
    created_at bigint not null,
    used_at bigint,
    primary key (tenant, credential)
);
create index passkey_owner on passkey (tenant, holder, owner, created_at);
