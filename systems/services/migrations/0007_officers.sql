-- A mandate may be for some procedures alone, as a JSON list of codes; and it may be written down by an
-- officer who was shown the card of the one and the paper that both signed.
alter table mandate add column procedures text;
alter table mandate add column agency_id uuid;
alter table mandate add column evidence text;
alter table mandate add column evidence_kind text;
create index mandate_agency on mandate (tenant, agency_id, offered_at);
