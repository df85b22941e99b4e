-- How satisfied reporters are stands where that of every other matter stands: one question, one
-- answer, counted in one place.
insert into satisfaction (tenant, case_id, score, answered_at, agency_id, procedure_code, matter)
select f.tenant, f.case_id, case when f.satisfied then 2 else 1 end,
    coalesce(f.rated_at, f.updated_at), f.agency, c.procedure_code, 'feedback'
from feedback f join case_state c on c.tenant = f.tenant and c.id = f.case_id
where f.satisfied is not null
on conflict (tenant, case_id) do nothing;
alter table feedback drop column satisfied;
alter table feedback drop column rated_at;

-- Who reported the same is told of the answer too.
create index feedback_merged on feedback (tenant, merged_into) where merged_into is not null;

-- Models that were trained of what officers decided: when, of how many reports, how good the one
-- in use and the new one were on reports that neither had seen, and whether the new one was taken
-- over. Figures of pairs are of reports that are the same. Only a model that is used is kept.
create table feedback_model (
    tenant text not null,
    version bigint not null,
    trained_at bigint not null,
    newest_at bigint not null,
    reports bigint not null,
    held bigint not null,
    f1_before double precision not null,
    f1_after double precision not null,
    pairs bigint not null,
    pairs_held bigint not null,
    pairs_f1_before double precision not null,
    pairs_f1_after double precision not null,
    taken boolean not null,
    model bytea,
    primary key (tenant, version)
);

-- Boundaries of communes, where the province put its own in; the newest hold, the others stay.
create table feedback_boundary (
    tenant text not null,
    version bigint not null,
    text text not null,
    recorded_at bigint not null,
    primary key (tenant, version)
);
