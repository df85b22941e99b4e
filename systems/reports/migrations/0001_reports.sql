-- Texts of regimes and forms that a province wrote itself, beside those that come with the program.
create table report_text (
    tenant text not null,
    kind text not null,
    code text not null,
    version bigint not null,
    text text not null,
    recorded_at bigint not null,
    primary key (tenant, kind, code, version)
);

-- A report beside its case: what lists and sums read. A later version is a case of its own.
create table report (
    tenant text not null,
    case_id uuid not null,
    code text not null,
    regime text not null,
    regime_version bigint not null,
    form text not null,
    form_version bigint not null,
    level text not null,
    period text not null,
    period_last bigint not null,
    unit uuid not null,
    owner uuid not null,
    recipient uuid not null,
    version bigint not null,
    newest boolean not null,
    state text not null,
    why text,
    opened_at bigint not null,
    due_at bigint not null,
    clock_at bigint not null,
    moved_to bigint,
    sent_at bigint,
    first_sent_at bigint,
    received_at bigint,
    on_time boolean,
    document text,
    signed_by text,
    updated_at bigint not null,
    primary key (tenant, case_id)
);
create unique index report_code on report (tenant, code);
create unique index report_once on report (tenant, regime, period, unit, version);
create index report_round on report (tenant, regime, period_last, unit, version);
create index report_owner on report (tenant, owner, newest, state, due_at);
create index report_recipient on report (tenant, recipient, newest, state, due_at);
create index report_unit on report (tenant, unit, regime, period_last);

-- What stands in it, as one document; `seq` says how often it was saved.
create table report_sheet (
    tenant text not null,
    case_id uuid not null,
    seq bigint not null,
    sheet text not null,
    saved_at bigint not null,
    primary key (tenant, case_id)
);

-- What somebody remarked on a cell.
create table report_comment (
    tenant text not null,
    case_id uuid not null,
    id uuid not null,
    cell text not null,
    words text not null,
    by_post uuid not null,
    at bigint not null,
    done boolean not null,
    primary key (tenant, case_id, id)
);

-- Rounds whose reports are all there, so that they are not looked for again.
create table report_round_opened (
    tenant text not null,
    regime text not null,
    period text not null,
    opened_at bigint not null,
    reports bigint not null,
    primary key (tenant, regime, period)
);

-- Deadlines that were moved: from when to when, when that was said, and why.
create table report_deadline (
    tenant text not null,
    id uuid not null,
    regime text not null,
    period text not null,
    level text not null,
    was bigint not null,
    due_at bigint not null,
    reason text not null,
    by_post uuid not null,
    at bigint not null,
    primary key (tenant, id)
);
create index report_deadline_of on report_deadline (tenant, regime, period, level, at);

-- Keys of programs that read and write figures; only their hashes are kept.
create table report_key (
    tenant text not null,
    hash bytea not null,
    name text not null,
    agency uuid not null,
    created_at bigint not null,
    revoked_at bigint,
    primary key (tenant, hash)
);
