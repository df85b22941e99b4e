-- The cube: what is counted of the journal. All of it but the frozen figures is computed from the
-- events, and can be computed anew at any time: a `build` is one whole cube, and the current one
-- is the one that is read.
create table cube_current (
    tenant text not null,
    build bigint not null,
    primary key (tenant)
);

-- The position up to which a build has counted (the next event that it reads), and when the last
-- of these events was recorded.
create table cube_place (
    tenant text not null,
    build bigint not null,
    pos bigint not null,
    recorded_at bigint not null,
    primary key (tenant, build)
);

-- Cells. `plane` is 0 for dossiers, 1 for reports of citizens, 2 for what is neither, or the number
-- of a procedure; `span` is a year (2026), of which `cells` has the months, or a month (202611), of
-- which it has the days.
create table cube_slab (
    tenant text not null,
    build bigint not null,
    plane bigint not null,
    span bigint not null,
    agency uuid not null,
    cells bytea not null,
    primary key (tenant, build, plane, span, agency)
);

-- What moved cells, so that a figure opens without looking at anything else: positions in the
-- journal, in its order, at most 256 in a part. `list` is the tens of the numbers of flows (6 for
-- 60 to 69), or the number of a stock.
create table cube_trace (
    tenant text not null,
    build bigint not null,
    agency uuid not null,
    plane bigint not null,
    list bigint not null,
    month bigint not null,
    part bigint not null,
    traces bytea not null,
    primary key (tenant, build, agency, plane, list, month, part)
);

-- Cases that are in a stock now, or will be from an instant on that is known in advance.
create table cube_open (
    tenant text not null,
    build bigint not null,
    plane bigint not null,
    agency uuid not null,
    fact bigint not null,
    since bigint not null,
    case_id uuid not null,
    procedure bigint not null,
    channel bigint not null,
    primary key (tenant, build, plane, agency, fact, since, case_id)
);
create index cube_open_since on cube_open (tenant, build, since);

-- What has to be known of a case to count its next event; a case of which nothing more is expected
-- has no row.
create table cube_case (
    tenant text not null,
    build bigint not null,
    case_id uuid not null,
    state text not null,
    primary key (tenant, build, case_id)
);

-- Under what an agency stood, and where it was, before a day.
create table cube_tree (
    tenant text not null,
    build bigint not null,
    pos bigint not null,
    agency uuid not null,
    day bigint not null,
    what text not null,
    before text,
    primary key (tenant, build, pos)
);

-- What was recorded on a later day than it happened, and so moved a past that may have been
-- published.
create table cube_revision (
    tenant text not null,
    build bigint not null,
    agency uuid not null,
    month bigint not null,
    pos bigint not null,
    seq bigint not null,
    plane bigint not null,
    procedure bigint not null,
    channel bigint not null,
    fact bigint not null,
    day bigint not null,
    n bigint not null,
    recorded_at bigint not null,
    primary key (tenant, build, agency, month, pos, seq)
);

-- Figures as they were published. A row is never changed; what is corrected has another row with
-- the next number and the reason.
create table figure_frozen (
    tenant text not null,
    indicator text not null,
    unit text not null,
    period text not null,
    number bigint not null,
    num bigint,
    den bigint,
    why text,
    parts text not null,
    pos bigint not null,
    recorded_at bigint not null,
    definition text not null,
    grade text not null,
    reason text not null,
    frozen_by text not null,
    frozen_at bigint not null,
    primary key (tenant, indicator, unit, period, number)
);
