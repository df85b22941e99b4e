-- Which of a person's data was looked at, and on what ground.
alter table access_log add column what text;
alter table access_log add column basis text;

-- What a person agrees to, by purpose, as it stands now; how it came to be stands in the journal.
create table consent (
    tenant text not null,
    party_id uuid not null,
    purpose text not null,
    given boolean not null,
    at bigint not null,
    primary key (tenant, party_id, purpose)
);
