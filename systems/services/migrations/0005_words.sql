-- The everyday words of a province, in place of those that come with the program: `names` or `life`.
create table everyday_words (
    tenant text not null,
    kind text not null,
    text text not null,
    recorded_at bigint not null,
    primary key (tenant, kind)
);
