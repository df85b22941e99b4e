-- Tiles and rules of alerts as text; older versions stay. What has no row here is as it shipped.
create table operations_text (
    tenant text not null,
    kind text not null,
    version bigint not null,
    text text not null,
    actor text not null,
    recorded_at bigint not null,
    primary key (tenant, kind, version)
);

-- How a rule stands for one scope; a rule that was quiet ever since has no row.
create table alert_watch (
    tenant text not null,
    rule text not null,
    scope text not null,
    version bigint not null,
    raised boolean not null,
    run bigint not null,
    counted_at bigint not null,
    reading double precision,
    since_at bigint,
    case_id uuid,
    silenced_until bigint,
    silenced_by text,
    silenced_why text,
    primary key (tenant, rule, scope)
);

-- One row for each alert that opened an incident.
create table alert (
    tenant text not null,
    case_id uuid not null,
    code text not null,
    rule text not null,
    rule_text text not null,
    scope text not null,
    agency uuid not null,
    owner uuid,
    reading double precision not null,
    pos bigint not null,
    raised_at bigint not null,
    again bigint not null,
    escalate_at bigint not null,
    acknowledged_at bigint,
    escalated_at bigint,
    cleared_at bigint,
    closed_at bigint,
    cause text,
    updated_at bigint not null,
    primary key (tenant, case_id)
);
create unique index alert_code on alert (tenant, code);
create index alert_raised on alert (tenant, raised_at, case_id);
create index alert_open on alert (tenant, raised_at, case_id) where closed_at is null;
create index alert_waiting on alert (tenant, escalate_at)
    where acknowledged_at is null and escalated_at is null and closed_at is null;

-- What was done about an incident, in words; the journal holds their hash.
create table alert_action (
    tenant text not null,
    case_id uuid not null,
    number bigint not null,
    actor text not null,
    words text not null,
    recorded_at bigint not null,
    primary key (tenant, case_id, number)
);
