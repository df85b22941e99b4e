-- What lists show and count without reading the state of a case: until when it must be taken on,
-- from when on little time is left, since when its clock stands, how it ended, what is unpaid.
-- Rows that were written before are brought up to date by `refresh`.
alter table case_state add column accept_by bigint;
alter table case_state add column soon_at bigint;
alter table case_state add column paused_at bigint;
alter table case_state add column outcome text;
alter table case_state add column unpaid bigint not null default 0;

-- For whom a thing to do waits: 0 for whoever holds it, 1 for the applicant, 2 for the end of a
-- suspension. Lists are in this order.
alter table work_item add column waits bigint not null default 0;
update work_item set waits = case when (select c.status from case_state c
    where c.tenant = work_item.tenant and c.id = work_item.case_id) = 'suspended' then 2 else 1 end
    where paused;
drop index work_item_post;
drop index work_item_agency;
alter table work_item drop column paused;

-- What a seat holds; what waits at the counter of an agency; and what the seats of an agency hold.
create index work_item_seat on work_item (tenant, post_id, waits, due_at, case_id, step)
    where post_id is not null;
create index work_item_counter on work_item (tenant, agency_id, step, waits, due_at, case_id)
    where post_id is null;
create index work_item_seats on work_item (tenant, agency_id, post_id, waits, step_due_at);
