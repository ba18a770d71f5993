"""PostgreSQL against SQLite: the same work, from one Python program, on one machine.

    python3 bench.py 'host=/path/of/the/socket dbname=postgres user=postgres' FOLDER

The first argument names a PostgreSQL server on this machine, by its Unix socket; FOLDER is where
SQLite's file goes, on the same disk as the server's data. Needs psycopg and apsw.

Both promise that a commit survives a loss of power: PostgreSQL with its defaults, SQLite in WAL
mode with `synchronous = FULL`. Each figure is printed for every run, then its median.
"""

import multiprocessing
import pathlib
import random
import statistics
import sys
import time

import apsw
import psycopg

RUNS = 7
ROWS = 200_000
COMMITS = 12_000
READS = 50_000
WRITERS = 4
SCHEMA = """CREATE TABLE {} (
    id bigint PRIMARY KEY, page text NOT NULL, seen bigint NOT NULL, ms real NOT NULL)"""


def rows(count, first=0):
    chance = random.Random(7)
    for number in range(first, first + count):
        yield number, f"/page/{chance.randrange(500)}", 1_700_000_000 + number, chance.random() * 900


class Postgres:
    name = "postgres"

    def __init__(self, where):
        self.db = psycopg.connect(where[0], autocommit=True)

    def fresh(self, table):
        self.db.execute(f"DROP TABLE IF EXISTS {table}")
        self.db.execute(SCHEMA.format(table))

    def insert(self, table, row):
        self.db.execute(f"INSERT INTO {table} VALUES (%s, %s, %s, %s)", row, prepare=True)

    def load(self, table, rows):
        with self.db.cursor().copy(f"COPY {table} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    def one(self, table, key):
        return self.db.execute(
            f"SELECT page FROM {table} WHERE id = %s", (key,), prepare=True
        ).fetchone()

    def sums(self, table):
        return self.db.execute(f"SELECT page, count(*), avg(ms) FROM {table} GROUP BY page").fetchall()

    def settle(self, table):
        self.db.execute(f"VACUUM ANALYZE {table}")
        self.db.execute("CHECKPOINT")

    def version(self):
        return self.db.execute("SHOW server_version").fetchone()[0]


class Sqlite:
    name = "sqlite"

    def __init__(self, where):
        self.db = apsw.Connection(str(pathlib.Path(where[1]) / "bench.db"))
        self.db.set_busy_timeout(60_000)
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.execute("PRAGMA synchronous = FULL")

    def fresh(self, table):
        self.db.execute(f"DROP TABLE IF EXISTS {table}")
        self.db.execute(SCHEMA.format(table))

    def insert(self, table, row):
        self.db.execute(f"INSERT INTO {table} VALUES (?, ?, ?, ?)", row)

    def load(self, table, rows):
        with self.db:
            self.db.executemany(f"INSERT INTO {table} VALUES (?, ?, ?, ?)", rows)

    def one(self, table, key):
        return self.db.execute(f"SELECT page FROM {table} WHERE id = ?", (key,)).fetchone()

    def sums(self, table):
        return self.db.execute(f"SELECT page, count(*), avg(ms) FROM {table} GROUP BY page").fetchall()

    def settle(self, table):
        self.db.execute("ANALYZE")
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def version(self):
        return apsw.sqlite_lib_version()


def writer(kind, where, number, start, done):
    store = kind(where)
    work = list(rows(COMMITS // WRITERS, first=number * COMMITS))
    start.wait()
    for row in work:
        store.insert("visits", row)
    done.put(time.perf_counter())


def commits(kind, where, writers):
    """Rows a second, each in a transaction of its own, by a number of processes."""
    store = kind(where)
    store.fresh("visits")
    store.settle("visits")
    if writers == 1:
        work = list(rows(COMMITS))
        begin = time.perf_counter()
        for row in work:
            store.insert("visits", row)
        return COMMITS / (time.perf_counter() - begin)
    del store
    start, done = multiprocessing.Barrier(writers + 1), multiprocessing.Queue()
    arguments = [(kind, where, number, start, done) for number in range(writers)]
    processes = [multiprocessing.Process(target=writer, args=each) for each in arguments]
    for process in processes:
        process.start()
    start.wait()
    begin = time.perf_counter()
    end = max(done.get() for _ in processes)
    for process in processes:
        process.join()
    return COMMITS / (end - begin)


def load(kind, where):
    """Rows a second, all in one transaction."""
    store = kind(where)
    store.fresh("visits")
    work = list(rows(ROWS))
    begin = time.perf_counter()
    store.load("visits", work)
    seconds = time.perf_counter() - begin
    store.settle("visits")
    return ROWS / seconds


def reads(kind, where):
    """Rows a second, each by its key with a query of its own."""
    store = kind(where)
    chance = random.Random(11)
    keys = [chance.randrange(ROWS) for _ in range(READS)]
    begin = time.perf_counter()
    for key in keys:
        store.one("visits", key)
    return READS / (time.perf_counter() - begin)


def sums(kind, where):
    """Milliseconds to count and average all rows in 500 groups."""
    store = kind(where)
    begin = time.perf_counter()
    groups = store.sums("visits")
    seconds = time.perf_counter() - begin
    assert len(groups) == 500 and sum(group[1] for group in groups) == ROWS
    return seconds * 1000


def main():
    where = sys.argv[1:3]
    for kind in (Postgres, Sqlite):
        print(kind.name, kind(where).version(), flush=True)
    measures = {
        "commits, one writer": lambda kind: commits(kind, where, 1),
        f"commits, {WRITERS} writers": lambda kind: commits(kind, where, WRITERS),
        "load": lambda kind: load(kind, where),
        "reads": lambda kind: reads(kind, where),
        "sums": lambda kind: sums(kind, where),
    }
    for name, measure in measures.items():
        found = {Postgres: [], Sqlite: []}
        for _ in range(RUNS):
            for kind, figures in found.items():
                figures.append(measure(kind))
        for kind, figures in found.items():
            runs = " ".join(f"{figure:.0f}" for figure in sorted(figures))
            print(f"{name}\t{kind.name}\t{statistics.median(figures):.0f}\t({runs})", flush=True)


if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    main()
