-- Where people want to be told. The address is sealed under their own key; its keyed hash finds
-- the same one again.
create table notice_contact (
    tenant text not null,
    id uuid not null,
    party_id uuid not null,
    channel text not null,
    sealed bytea not null,
    blind bytea not null,
    state text not null,
    confirm_until bigint,
    created_at bigint not null,
    told_at bigint,
    primary key (tenant, id)
);
create unique index notice_contact_party on notice_contact (tenant, party_id, channel, blind);

-- When people want quiet, in minutes of the day, and the language that they read.
create table notice_wish (
    tenant text not null,
    party_id uuid not null,
    quiet_from bigint,
    quiet_to bigint,
    lang text not null,
    primary key (tenant, party_id)
);

-- One thing to be said to one address. It waits until it is sent, given up, or pointless.
create table notice (
    tenant text not null,
    id uuid not null,
    party_id uuid not null,
    case_id uuid,
    event_id uuid not null,
    occasion text not null,
    contact_id uuid not null,
    channel text not null,
    state text not null,
    attempts bigint not null,
    next_at bigint not null,
    created_at bigint not null,
    done_at bigint,
    fault text,
    primary key (tenant, id)
);
-- The same event is told to the same address once.
create unique index notice_once on notice (tenant, event_id, contact_id, occasion);
create index notice_due on notice (tenant, next_at, id) where state = 'waiting';
create index notice_dead on notice (tenant, done_at, id) where state = 'dead';
create index notice_done on notice (tenant, done_at) where done_at is not null;
create index notice_party on notice (tenant, party_id, created_at);

-- Which process tells; the others stand by.
create table notice_lease (
    tenant text not null,
    holder text not null,
    until bigint not null,
    primary key (tenant)
);
