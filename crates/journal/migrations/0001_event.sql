-- What happened. A row is written once; only `pos` is set later, by the sealer.
create table event (
    tenant      text   not null,
    id          uuid   not null,
    case_id     uuid   not null,
    version     bigint not null,
    kind        text   not null,
    actor       text   not null,
    happened_at bigint not null,
    recorded_at bigint not null,
    data        json   not null,
    pos         bigint,
    primary key (tenant, id),
    unique (tenant, case_id, version)
);

-- The journal in its order.
create unique index event_pos on event (tenant, pos) where pos is not null;

-- What the sealer has still to do; it stays small.
create index event_unsealed on event (tenant, recorded_at, case_id, version) where pos is null;

-- The Merkle tree in C2SP tlog-tiles form: 1 to 256 hashes of 32 bytes each.
create table journal_tile (
    tenant text   not null,
    level  bigint not null,
    number bigint not null,
    hashes bytea  not null,
    primary key (tenant, level, number)
);

-- C2SP signed notes. The columns beside `note` repeat what it says, for look-ups.
create table journal_checkpoint (
    tenant    text   not null,
    size      bigint not null,
    root      bytea  not null,
    note      text   not null,
    signed_at bigint not null,
    primary key (tenant, size)
);

-- Who may append to the tree now.
create table journal_lease (
    tenant text   not null,
    holder text   not null,
    until  bigint not null,
    primary key (tenant)
);
