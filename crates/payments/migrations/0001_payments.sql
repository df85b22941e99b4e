-- An offer to pay what a case owes at one moment. It lives for a bounded time; money that comes
-- for it later is still known by its reference.
create table payment_order (
    tenant text not null,
    id uuid not null,
    reference text not null,
    case_id uuid not null,
    ordinal bigint not null,
    items json not null,
    amount bigint not null,
    state text not null,
    opened_at bigint not null,
    expires_at bigint not null,
    paid_at bigint,
    gateway text,
    pay_url text,
    sent_at bigint,
    failed_at bigint,
    ask_at bigint,
    asked bigint not null default 0,
    primary key (tenant, id)
);
create unique index payment_order_reference on payment_order (tenant, reference);
create unique index payment_order_case on payment_order (tenant, case_id, ordinal);
-- Orders that were handed to a gateway and of which nothing was heard yet.
create index payment_order_ask on payment_order (tenant, ask_at) where ask_at is not null;

-- Money that came, from a gateway or off a bank's statement: one row for each transaction,
-- whatever is said of it how often. A problem that nobody has settled is open.
create table payment_arrival (
    tenant text not null,
    id uuid not null,
    source text not null,
    number text not null,
    reference text,
    order_id uuid,
    case_id uuid,
    amount bigint not null,
    applied bigint not null,
    paid_at bigint not null,
    recorded_at bigint not null,
    problem text,
    stated_amount bigint,
    stated_at bigint,
    run_id uuid,
    settled_at bigint,
    settled_by text,
    settled_why bytea,
    primary key (tenant, id)
);
create unique index payment_arrival_number on payment_arrival (tenant, source, number);
create index payment_arrival_case on payment_arrival (tenant, case_id, paid_at);
create index payment_arrival_open on payment_arrival (tenant, recorded_at, id)
    where problem is not null and settled_at is null;
-- What no statement has shown yet.
create index payment_arrival_unstated on payment_arrival (tenant, source, paid_at)
    where stated_at is null;

-- A statement that was read and held against what came.
create table reconciliation (
    tenant text not null,
    id uuid not null,
    source text not null,
    file_name text not null,
    file_sha256 text not null,
    begun_at bigint not null,
    done_at bigint,
    actor text not null,
    lines bigint not null,
    summary json,
    primary key (tenant, id)
);
create index reconciliation_begun on reconciliation (tenant, begun_at, id);
create index reconciliation_file on reconciliation (tenant, file_sha256, begun_at);

-- Its lines. What the payer wrote may name people; it is sealed under a key of the run.
create table reconciliation_line (
    tenant text not null,
    run_id uuid not null,
    line bigint not null,
    number text not null,
    amount bigint not null,
    paid_at bigint not null,
    verdict text not null,
    arrival_id uuid,
    sealed bytea,
    primary key (tenant, run_id, line)
);
create index reconciliation_line_verdict on reconciliation_line (tenant, run_id, verdict, line);
