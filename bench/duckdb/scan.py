"""The reference of the grid: DuckDB computes the same twenty indicators from one row per dossier.

    scan.py DOSSIERS AGENCIES MONTHS

Prints the milliseconds of each run. Each thing is counted in the month in which it happened, as
the cube does: what was submitted, accepted and finished in three passes, and what stood at the end
of a month from what came and went. DuckDB has the best conditions: the table lies in memory, its
columns are narrow, months are numbers already, and all threads work.
"""

import sys
import time

import duckdb

RUNS = 7

TABLE = """
create table dossier as
with drawn as (
    select i, (i * {months} // {dossiers}) as submitted from range({dossiers}) as numbers(i)
), dated as (
    select *, submitted + (hash(i + 7) % 90 = 0)::int as accepted,
        submitted + (hash(i) % 4 = 0)::int + (hash(i + 1) % 50 = 0)::int as finished
    from drawn
)
select
    (i * 7 % {agencies})::usmallint as agency,
    submitted::utinyint as submitted,
    -- What lies behind the last month has not happened yet.
    (case when accepted < {months} then accepted end)::utinyint as accepted,
    (case when finished >= accepted and finished < {months} then finished end)::utinyint as finished,
    (hash(i + 2) % 12 = 0) as late,
    least(finished, {months} - 1)::utinyint as due,
    (hash(i + 3) % 3)::utinyint as channel,
    hash(i + 4) % 3 = 0 as early,
    hash(i + 6) % 20 <> 0 as accepted_in_time,
    hash(i + 8) % 2 = 0 as full_online,
    (1 + hash(i + 9) % 4)::utinyint as papers,
    (hash(i + 10) % 2)::utinyint as papers_digital,
    hash(i + 11) % 2 = 0 as known_paper,
    hash(i + 12) % 10 = 0 as supplemented,
    hash(i + 13) % 3 = 0 as bears_fee,
    hash(i + 14) % 6 = 0 as paid_online,
    hash(i + 15) % 5 <> 0 as result_electronic,
    (3600 + hash(i + 16) % 400000)::uinteger as handling_seconds
from dated
"""

FIGURES = """
create or replace table figures as
with submitted as (
    select agency, submitted as month, count(*) as submitted,
        count(*) filter (where supplemented) as supplemented,
        count(*) filter (where bears_fee) as with_fee,
        count(*) filter (where bears_fee and paid_online) as paid_online
    from dossier group by all
), accepted as (
    select agency, accepted as month, count(*) as accepted,
        count(*) filter (where accepted_in_time) as in_time,
        count(*) filter (where channel = 1) as online,
        count(*) filter (where full_online) as full_online,
        count(*) filter (where full_online and channel = 1) as online_full,
        sum(papers) as papers, sum(papers_digital) as papers_digital,
        count(*) filter (where known_paper) as with_known_paper
    from dossier where accepted is not null group by all
), finished as (
    select agency, finished as month, count(*) as finished,
        count(*) filter (where not late) as on_time,
        count(*) filter (where not late and early) as early,
        count(*) filter (where late) as late_ended,
        count(*) filter (where result_electronic) as electronic,
        sum(handling_seconds) as handling_seconds
    from dossier where finished is not null group by all
), late as (
    select agency, due as month, count(*) as became_late
    from dossier where late group by all
), months as (
    select * from submitted
    full join accepted using (agency, month)
    full join finished using (agency, month)
    full join late using (agency, month)
), stocks as (
    select *,
        sum(coalesce(accepted, 0) - coalesce(finished, 0)) over so_far as in_hand,
        sum(coalesce(submitted, 0) - coalesce(accepted, 0)) over so_far as waiting,
        sum(coalesce(became_late, 0) - coalesce(late_ended, 0)) over so_far as running_late
    from months
    window so_far as (partition by agency order by month)
)
select agency, month, submitted,
    accepted as received,
    in_hand - coalesce(accepted, 0) + coalesce(finished, 0) as carried_over,
    in_hand,
    finished,
    100 * finished / nullif(accepted, 0) as clearance,
    100 * on_time / nullif(finished, 0) as on_time_766,
    least(20, 20 * on_time / nullif(finished, 0)) as points_766,
    100 * on_time / nullif(finished, 0) as finished_on_time,
    100 * early / nullif(finished, 0) as early_share,
    running_late,
    handling_seconds / 86400 / nullif(finished, 0) as mean_handling_days,
    100 * in_time / nullif(accepted, 0) as accepted_in_time,
    waiting,
    100 * online / nullif(accepted, 0) as online_share,
    100 * online_full / nullif(full_online, 0) as online_full_share,
    100 * papers_digital / nullif(papers, 0) as papers_digital_share,
    100 * with_known_paper / nullif(accepted, 0) as papers_reused_share,
    100 * supplemented / nullif(submitted, 0) as supplements_share,
    100 * paid_online / nullif(with_fee, 0) as fees_online_share,
    100 * electronic / nullif(finished, 0) as results_electronic_share
from stocks
"""


def main():
    dossiers, agencies, months = (int(word) for word in sys.argv[1:])
    base = duckdb.connect()
    base.execute(TABLE.format(dossiers=dossiers, agencies=agencies, months=months))
    for _ in range(RUNS):
        started = time.perf_counter()
        base.execute(FIGURES)
        print((time.perf_counter() - started) * 1e3)
    submitted, rows = base.execute("select sum(submitted), count(*) from figures").fetchone()
    assert (submitted, rows) == (dossiers, agencies * months), (submitted, rows)
    # Nothing stands that did not come.
    least, = base.execute("select min(least(in_hand, waiting, carried_over)) from figures").fetchone()
    assert least >= 0, least


main()
