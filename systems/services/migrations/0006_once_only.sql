-- Whose filing it was, so that figures can be narrowed; and whether it was added up.
alter table once_only add column agency_id uuid;
alter table once_only add column procedure_code text;
alter table once_only add column counted boolean not null default false;
update once_only set
    agency_id = (select c.received_by from case_state c
                 where c.tenant = once_only.tenant and c.id = once_only.case_id),
    procedure_code = (select c.procedure_code from case_state c
                      where c.tenant = once_only.tenant and c.id = once_only.case_id);
create index once_only_fresh on once_only (tenant, recorded_at) where counted = false;

-- Sums by month, agency and procedure. One job adds up, so that two filings never wait for each
-- other.
create table once_month (
    tenant text not null,
    month text not null,
    agency_id uuid not null,
    procedure_code text not null,
    filings bigint not null,
    fields bigint not null,
    fields_known bigint not null,
    papers bigint not null,
    papers_known bigint not null,
    primary key (tenant, month, agency_id, procedure_code)
);
