-- A short code by which files of an office name a seat or a person: a staff number, a seat code.
alter table post add column code text;
alter table person add column code text;
create unique index post_open_code on post (tenant, agency, code) where valid_to is null;
create unique index person_open_code on person (tenant, code) where valid_to is null;

-- What a person was called until an instant (marriage, a correction of the register).
create table person_former_name (
    tenant text not null,
    person uuid not null,
    valid_to bigint not null,
    name text not null,
    primary key (tenant, person, valid_to),
    foreign key (tenant, person) references person (tenant, id)
);
