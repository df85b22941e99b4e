-- What was changed of a task after it was given: which fields, from what to what, by whom and why.
create table programme_task_change (
    tenant text not null,
    programme text not null,
    task text not null,
    number bigint not null,
    fields text not null,
    reason text not null,
    changed_by text not null,
    changed_at bigint not null,
    primary key (tenant, programme, task, number)
);
