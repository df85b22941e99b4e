-- Counts up with every change, so that a snapshot in memory knows that it is old.
create table directory_version (
    tenant text not null,
    version bigint not null,
    primary key (tenant)
);

-- Places that the authority recorded over the list that comes with the program.
create table place (
    tenant text not null,
    code text not null,
    valid_from text not null,
    valid_to text,
    name text not null,
    kind text not null,
    parent text,
    note text not null,
    successors text not null,
    primary key (tenant, code, valid_from)
);

create table agency (
    tenant text not null,
    id uuid not null,
    code text not null,
    name text not null,
    short_name text not null,
    level text not null,
    parent uuid,
    place text,
    working_week text,
    valid_from bigint not null,
    valid_to bigint,
    successor uuid,
    primary key (tenant, id),
    foreign key (tenant, parent) references agency (tenant, id),
    foreign key (tenant, successor) references agency (tenant, id)
);
-- A code may be given again after its agency ended, never before.
create unique index agency_open_code on agency (tenant, code) where valid_to is null;

create table agency_former_name (
    tenant text not null,
    agency uuid not null,
    valid_to bigint not null,
    name text not null,
    short_name text not null,
    primary key (tenant, agency, valid_to),
    foreign key (tenant, agency) references agency (tenant, id)
);

create table post (
    tenant text not null,
    id uuid not null,
    agency uuid not null,
    title text not null,
    role text not null,
    fields text not null,
    head boolean not null,
    valid_from bigint not null,
    valid_to bigint,
    successor uuid,
    primary key (tenant, id),
    foreign key (tenant, agency) references agency (tenant, id),
    foreign key (tenant, successor) references post (tenant, id)
);
create index post_agency on post (tenant, agency);

create table person (
    tenant text not null,
    id uuid not null,
    name text not null,
    note text not null,
    valid_from bigint not null,
    valid_to bigint,
    primary key (tenant, id)
);

create table holding (
    tenant text not null,
    post uuid not null,
    person uuid not null,
    valid_from bigint not null,
    valid_to bigint,
    primary key (tenant, post, person, valid_from),
    foreign key (tenant, post) references post (tenant, id),
    foreign key (tenant, person) references person (tenant, id)
);
-- Two people never hold one post.
create unique index holding_open on holding (tenant, post) where valid_to is null;

create table delegation (
    tenant text not null,
    id uuid not null,
    from_post uuid not null,
    to_post uuid not null,
    scope text not null,
    valid_from bigint not null,
    valid_to bigint,
    primary key (tenant, id),
    foreign key (tenant, from_post) references post (tenant, id),
    foreign key (tenant, to_post) references post (tenant, id)
);
create index delegation_from on delegation (tenant, from_post);
create index delegation_to on delegation (tenant, to_post);

-- A reorganisation that was begun, with the plan as it was when it began.
create table succession (
    tenant text not null,
    name text not null,
    digest text not null,
    plan text not null,
    begun_at bigint not null,
    done_at bigint,
    primary key (tenant, name)
);

create table succession_progress (
    tenant text not null,
    plan text not null,
    step text not null,
    moved bigint not null,
    done_at bigint not null,
    primary key (tenant, plan, step),
    foreign key (tenant, plan) references succession (tenant, name)
);
