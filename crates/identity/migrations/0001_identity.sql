-- Who can sign in. A login is folded, so that one spelling is one account.
create table account (
    tenant text not null,
    id uuid not null,
    login text not null,
    password_hash text not null,
    person_id uuid,
    must_change boolean not null,
    disabled_at bigint,
    created_at bigint not null,
    password_changed_at bigint not null,
    primary key (tenant, id),
    unique (tenant, login)
);
create index account_person on account (tenant, person_id);

-- Who is signed in. The cookie holds a secret of which only the hash stands here.
create table session (
    tenant text not null,
    token_hash bytea not null,
    id uuid not null,
    account_id uuid not null,
    post_id uuid,
    opened_at bigint not null,
    last_seen_at bigint not null,
    expires_at bigint not null,
    primary key (tenant, token_hash),
    unique (tenant, id)
);
create index session_account on session (tenant, account_id, opened_at);
create index session_last_seen on session (tenant, last_seen_at);

-- Failed sign-ins, by account and by address; a row is forgotten when its level has drained.
create table sign_in_throttle (
    tenant text not null,
    subject text not null,
    level double precision not null,
    at bigint not null,
    forget_at bigint not null,
    primary key (tenant, subject)
);
create index sign_in_throttle_forget on sign_in_throttle (tenant, forget_at);

-- The key of each party's personal data, wrapped by the master key. Where it is null it was
-- destroyed, and what it sealed can be read by nobody.
create table party_key (
    tenant text not null,
    party_id uuid not null,
    wrapped bytea,
    destroyed_at bigint,
    primary key (tenant, party_id)
);

-- Which master key wraps them, so that a wrong one is found out at start.
create table master_key_fingerprint (
    tenant text not null,
    fingerprint bytea not null,
    primary key (tenant)
);

-- Refusals, and reads of personal data.
create table access_log (
    tenant text not null,
    id uuid not null,
    at bigint not null,
    account_id uuid,
    person_id uuid,
    post_id uuid,
    action text not null,
    case_id uuid,
    party_id uuid,
    allowed boolean not null,
    reason text,
    primary key (tenant, id)
);
create index access_log_at on access_log (tenant, at);
create index access_log_allowed on access_log (tenant, allowed, at);
create index access_log_party on access_log (tenant, party_id, at);
