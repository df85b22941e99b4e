-- What is in hand, by when it is promised: to find what becomes late without looking at the rest.
create index case_state_due on case_state (tenant, due_at) where ended_at is null;
