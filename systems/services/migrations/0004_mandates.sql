-- Leave to file for another, recorded by both: offered by the one whose matter it will be to whoever
-- has that number, taken by the one who helps, ended by either.
create table mandate (
    tenant text not null,
    id uuid not null,
    principal uuid not null,
    helper_blind bytea not null,
    helper uuid,
    offered_at bigint not null,
    taken_at bigint,
    valid_to bigint not null,
    ended_at bigint,
    primary key (tenant, id)
);
create index mandate_principal on mandate (tenant, principal, offered_at);
create index mandate_offered on mandate (tenant, helper_blind, offered_at);
create index mandate_helper on mandate (tenant, helper, valid_to);
