-- Of which cases it was said that they are late: once each.
create table notice_late (
    tenant text not null,
    case_id uuid not null,
    due_at bigint not null,
    told_at bigint not null,
    primary key (tenant, case_id)
);
