-- Numbers of forms 02 to 05: one series for each agency, form and year (Decree 30/2020/NĐ-CP).
create table form_serial (
    tenant text not null,
    agency_id uuid not null,
    form bigint not null,
    year bigint not null,
    last bigint not null,
    primary key (tenant, agency_id, form, year)
);

-- The number that the form of an event got.
create table form_number (
    tenant text not null,
    case_id uuid not null,
    version bigint not null,
    form bigint not null,
    number bigint not null,
    primary key (tenant, case_id, version)
);
