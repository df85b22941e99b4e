-- Citizens and organisations. The name is in clear, since lists are searched and sorted by it;
-- everything else about them is sealed under their own key, and numbers are found by keyed hash.
create table party (
    tenant text not null,
    id uuid not null,
    kind text not null,
    name text not null,
    name_folded text not null,
    number_blind bytea,
    phone_blind bytea,
    sealed bytea not null,
    recorded_at bigint not null,
    primary key (tenant, id)
);
create unique index party_number on party (tenant, number_blind);
create index party_phone on party (tenant, phone_blind);
create index party_name on party (tenant, name_folded, id);
