-- Time limits that came in doubt, confirmed by somebody who answers for it; a version of a
-- procedure is confirmed once for each channel, and for good.
create table limit_confirmation (
    tenant text not null,
    code text not null,
    version bigint not null,
    channel text not null,
    time_limit text not null,
    legal_basis text not null,
    reason text not null,
    person uuid not null,
    post uuid not null,
    confirmed_at bigint not null,
    primary key (tenant, code, version, channel)
);

-- Name, field and code of an entry as they are searched, without marks.
alter table catalogue_entry add column words text not null default '';
create index catalogue_entry_order on catalogue_entry (tenant, to_confirm, code);
