-- What is foreseen of an indicator for a scope, day by day, by the newest forecast.
create table foreseen (
    tenant text not null,
    indicator text not null,
    scope text not null,
    from_at bigint not null,
    pos bigint not null,
    days json not null,
    primary key (tenant, indicator, scope)
);
