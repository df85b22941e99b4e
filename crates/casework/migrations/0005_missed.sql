-- The promise that had passed when a new term was set: what was late stays late in every list.
alter table case_state add column missed_at bigint;
