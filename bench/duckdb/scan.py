"""The reference of the grid: DuckDB counts the same twenty indicators from one row per dossier.

    scan.py DOSSIERS AGENCIES MONTHS

Prints the milliseconds of each run, under the best conditions for DuckDB: the table lies in
memory, its columns are narrow, all threads work, and a dossier counts in one month only (the cube
counts each thing in the month in which it happened).
"""

import sys
import time

import duckdb

RUNS = 7

TABLE = """
create table dossier as
select
    (i * 7 % {agencies})::usmallint as agency,
    (i * {months} // {dossiers})::utinyint as month,
    (hash(i) % 3)::utinyint as channel,
    hash(i + 1) % 50 <> 0 as finished,
    hash(i + 2) % 12 <> 0 as on_time,
    hash(i + 3) % 3 = 0 as early,
    hash(i + 4) % 40 = 0 as carried_over,
    hash(i + 5) % 60 = 0 as running_late,
    hash(i + 6) % 20 <> 0 as accepted_in_time,
    hash(i + 7) % 90 = 0 as waiting,
    hash(i + 8) % 2 = 0 as full_online,
    (1 + hash(i + 9) % 4)::utinyint as papers,
    (hash(i + 10) % 2)::utinyint as papers_digital,
    (hash(i + 11) % 2)::utinyint as papers_reused,
    hash(i + 12) % 10 = 0 as supplemented,
    hash(i + 13) % 3 = 0 as bears_fee,
    hash(i + 14) % 6 = 0 as paid_online,
    hash(i + 15) % 5 <> 0 as result_electronic,
    (3600 + hash(i + 16) % 400000)::uinteger as handling_seconds
from range({dossiers}) as numbers(i)
"""

COUNTS = """
create or replace table counted as
select
    agency, month,
    count(*) as received,
    count(*) filter (where carried_over) as carried_over,
    count(*) filter (where not finished) as in_hand,
    count(*) filter (where finished) as finished,
    count(*) filter (where finished and on_time) as finished_on_time,
    count(*) filter (where finished and on_time and early) as early,
    count(*) filter (where running_late and not finished) as running_late,
    sum(handling_seconds) filter (where finished) as handling_seconds,
    count(*) filter (where accepted_in_time) as accepted_in_time,
    count(*) filter (where waiting) as waiting,
    count(*) filter (where channel = 1) as online,
    count(*) filter (where channel = 1 and full_online) as online_full,
    count(*) filter (where full_online) as full_online,
    sum(papers) as papers,
    sum(papers_digital) as papers_digital,
    sum(papers_reused) as papers_reused,
    count(*) filter (where supplemented) as supplemented,
    count(*) filter (where bears_fee) as with_fee,
    count(*) filter (where bears_fee and paid_online) as paid_online,
    count(*) filter (where finished and result_electronic) as results_electronic
from dossier
group by agency, month
"""


def main():
    dossiers, agencies, months = (int(word) for word in sys.argv[1:])
    base = duckdb.connect()
    base.execute(TABLE.format(dossiers=dossiers, agencies=agencies, months=months))
    for _ in range(RUNS):
        started = time.perf_counter()
        base.execute(COUNTS)
        print((time.perf_counter() - started) * 1e3)
    received, rows = base.execute("select sum(received), count(*) from counted").fetchone()
    assert (received, rows) == (dossiers, agencies * months)


main()
