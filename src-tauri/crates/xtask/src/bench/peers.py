# What a user would pick instead: the same load and the same two queries. Prints `seconds-load seconds-queries bytes answers`.
import os, sys, time

which, log, out = sys.argv[1:4]
OFF = 'NOT (hour("at") >= 7 AND hour("at") < 19) AND "case" IS NULL'

if which == "duckdb":
    import duckdb

    started = time.time()
    db = duckdb.connect()
    db.execute("SET threads=2")
    db.execute(f"ATTACH '{out}' AS e (ENCRYPTION_KEY 'a long benchmark key')")
    db.execute(f"CREATE TABLE e.log AS SELECT * FROM read_csv('{log}', header=true)")
    db.execute("CHECKPOINT e")
    loaded = time.time()
    a = db.execute(f"SELECT sum(n) FROM (SELECT officer, count(*) n FROM e.log WHERE {OFF} GROUP BY officer)").fetchone()[0]
    b = db.execute("SELECT count(*) FROM (SELECT officer, record FROM e.log WHERE record IS NOT NULL GROUP BY 1, 2 HAVING count(*) >= 3)").fetchone()[0]
    done = time.time()
    size = os.path.getsize(out)
else:
    import polars as pl

    started = time.time()
    t = pl.read_csv(log, try_parse_dates=True)
    loaded = time.time()
    h = pl.col("at").dt.hour()
    a = t.filter(~((h >= 7) & (h < 19)) & pl.col("case").is_null()).group_by("officer").len()["len"].sum()
    b = t.filter(pl.col("record").is_not_null()).group_by(["officer", "record"]).len().filter(pl.col("len") >= 3).height
    done = time.time()
    size = 0
print(f"{loaded - started:.2f} {done - loaded:.2f} {size} {a}/{b}")
