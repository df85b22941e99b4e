-- One assessment for each scorecard, agency and period; begun by the first thing that is said.
create table score_assessment (
    tenant text not null,
    id uuid not null,
    scorecard text not null,
    version bigint not null,
    agency_id uuid not null,
    period text not null,
    begun_at bigint not null,
    closed_at bigint,
    closed_by uuid,
    primary key (tenant, id)
);
create unique index score_assessment_of
    on score_assessment (tenant, scorecard, period, agency_id);

-- What was said of an input, and what a second person found of it; the newest word, the journal has
-- them all.
create table score_said (
    tenant text not null,
    assessment uuid not null,
    input text not null,
    value text not null,
    worst text,
    best text,
    note text not null,
    file text,
    file_name text,
    file_kind text,
    said_by uuid not null,
    said_at bigint not null,
    reviewed_by uuid,
    reviewed_at bigint,
    review_note text,
    accepted boolean,
    primary key (tenant, assessment, input)
);

-- A closed assessment as it was: every input with where it came from, each revision with its reason.
create table score_frozen (
    tenant text not null,
    assessment uuid not null,
    number bigint not null,
    lines json not null,
    reason text not null,
    frozen_by uuid not null,
    frozen_at bigint not null,
    pos bigint not null,
    primary key (tenant, assessment, number)
);

-- Which seat answers for a part, and how many cases of it a day of work makes good.
create table score_part (
    tenant text not null,
    scorecard text not null,
    part text not null,
    post_id uuid,
    a_day text,
    primary key (tenant, scorecard, part)
);

-- What could be done, as somebody wrote it down: an input, by how much, for how much work.
create table score_action (
    tenant text not null,
    id uuid not null,
    scorecard text not null,
    agency_id uuid not null,
    name text not null,
    input text not null,
    change_by text not null,
    worst text,
    best text,
    effort bigint not null,
    post_id uuid,
    added_by uuid not null,
    added_at bigint not null,
    primary key (tenant, id)
);
create index score_action_of on score_action (tenant, scorecard, agency_id, added_at);

-- A plan that was kept, as the file that is handed on.
create table score_plan (
    tenant text not null,
    id uuid not null,
    scorecard text not null,
    agency_id uuid not null,
    period text not null,
    text text not null,
    summary text not null,
    kept_by uuid not null,
    kept_at bigint not null,
    primary key (tenant, id)
);
create index score_plan_of on score_plan (tenant, scorecard, agency_id, kept_at);

-- Scores of others as they were published.
create table score_published (
    tenant text not null,
    scorecard text not null,
    name text not null,
    value text not null,
    told_at text not null,
    source text not null,
    recorded_at bigint not null,
    primary key (tenant, scorecard, name)
);
