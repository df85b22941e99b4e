-- Numbers of the hall: one count for each agency, day and lane.
create table queue_serial (
    tenant text not null,
    agency_id uuid not null,
    day text not null,
    lane text not null,
    last bigint not null,
    primary key (tenant, agency_id, day, lane)
);

-- Tickets: taken, called by a seat, and how that ended (`done`, `absent`).
create table queue_ticket (
    tenant text not null,
    agency_id uuid not null,
    day text not null,
    lane text not null,
    number bigint not null,
    taken_at bigint not null,
    called_at bigint,
    called_by uuid,
    ended text,
    primary key (tenant, agency_id, day, lane, number)
);
create index queue_ticket_waiting on queue_ticket (tenant, agency_id, day, called_at, taken_at);
create index queue_ticket_seat on queue_ticket (tenant, agency_id, day, called_by, ended);
