# What a user would pick instead for a whole force: every file into an encrypted DuckDB, the factual indicators as SQL.
# Prints `load SECONDS`, `asked SECONDS`, `bytes SIZE`, and how many rows or officers each question found.
import os, sys, time
import duckdb

folder, out = sys.argv[1:3]
DAY_FIRST = {"officers", "roster-edits", "complaints", "vetting", "commendations", "declarations", "performance"}
FILES = [
    "officers", "authorities", "duties", "roster-edits", "overtime", "absences", "attendance-claims", "presence",
    "assignments", "incidents", "accesses", "complaints", "vetting", "commendations", "declarations",
    "known-interests", "performance", "support",
]
QUESTIONS = {
    "roster-self-edit": """
        SELECT count(*) FROM roster_edits e WHERE "Changed By" = "Employee ID" AND "Minutes Gained" > 0
        AND NOT EXISTS (SELECT 1 FROM authorities a WHERE a."Staff Number" = e."Changed By" AND a."Authority" = 'roster_editor')""",
    "roster-late-edit": """
        SELECT count(*) FROM roster_edits e JOIN duties d ON d."Employee ID" = e."Employee ID"
        AND CAST(d."Duty Start" AS DATE) = e."Duty Date" WHERE e."Changed At" > d."Duty End" AND e."Minutes Gained" > 0""",
    "overtime-clash, absence": """
        SELECT count(*) FROM overtime o JOIN absences a ON a."Employee Number" = o."Employee ID"
        AND o."Worked From" < a."Last Day" + INTERVAL 1 DAY AND o."Worked To" > a."First Day" """,
    "overtime-clash, duty": """
        SELECT count(*) FROM overtime o JOIN duties d ON d."Employee ID" = o."Employee ID"
        AND o."Worked From" < d."Duty End" AND o."Worked To" > d."Duty Start" WHERE d."Duty Type" NOT IN ('rest', 'leave')""",
    "overtime-clash, claim": """
        SELECT count(*) FROM (SELECT "Worked From" s, lag("Worked To") OVER (PARTITION BY "Employee ID" ORDER BY "Worked From") e
        FROM overtime) WHERE s < e""",
    "overtime-absent": """
        SELECT count(*) FROM overtime o ANTI JOIN presence p ON p."Staff Number" = o."Employee ID"
        AND p."Swipe Time" >= o."Worked From" - INTERVAL 1 HOUR AND p."Swipe Time" <= o."Worked To" + INTERVAL 1 HOUR""",
    "attendance-claim": """
        SELECT count(*) FROM attendance_claims c ANTI JOIN presence p ON p."Staff Number" = c."Payroll Number"
        AND CAST(p."Swipe Time" AS DATE) = c."Work Date" WHERE c."Claimed Place" = 'office'""",
    "attendance-share": """
        SELECT count(*) FROM (SELECT "Payroll Number" o, date_trunc('month', "Work Date") m,
        avg(CASE WHEN "Claimed Place" = 'office' THEN 1 ELSE 0 END) s FROM attendance_claims GROUP BY 1, 2) WHERE s < 0.8""",
    "access-after-close": """
        SELECT count(*) FROM accesses a JOIN officers o ON o."Login" = a."User ID" JOIN assignments s
        ON s."Record ID" = a."Record ID" AND s."Collar Number" = o."Staff Number" WHERE a."Timestamp" > s."Assigned Until" + INTERVAL 90 DAY""",
    "complaint-pattern": """
        SELECT count(*) FROM (SELECT "Staff Number", "Allegation Type" FROM complaints GROUP BY 1, 2
        HAVING count(DISTINCT "Complaint Number") >= 3)""",
    "declaration-missing": """
        SELECT count(*) FROM officers o ANTI JOIN declarations d ON d."Staff Number" = o."Staff Number" """,
    "vetting lapsed": """SELECT count(*) FROM (SELECT "Staff Number", max("Date Expires") e FROM vetting GROUP BY 1) WHERE e < DATE '2026-12-31'""",
    "declaration-contradicted": """
        SELECT count(*) FROM declarations d JOIN known_interests k ON k."Staff Number" = d."Staff Number"
        AND k."Register Name" = d."Register Name" WHERE d."Response" = 'no'""",
    "secondary-work-clash": """
        SELECT count(*) FROM known_interests k JOIN absences a ON a."Employee Number" = k."Staff Number"
        AND a."Absence Type" = 'sick' AND a."First Day" >= k."Known Since" WHERE k."Weekly Hours" > 0""",
    "working-time, 48 hours": """
        SELECT count(*) FROM (SELECT avg(h) OVER (PARTITION BY o ORDER BY w ROWS 16 PRECEDING) a FROM
        (SELECT "Employee ID" o, date_trunc('week', "Duty Start") w, sum(date_diff('minute', "Duty Start", "Duty End")) / 60 h
        FROM duties WHERE "Duty Type" NOT IN ('rest', 'leave') GROUP BY 1, 2)) WHERE a > 48""",
    "working-time, rest": """
        SELECT count(*) FROM (SELECT "Duty Start" s, lag("Duty End") OVER (PARTITION BY "Employee ID" ORDER BY "Duty Start") e
        FROM duties WHERE "Duty Type" NOT IN ('rest', 'leave')) WHERE date_diff('minute', e, s) BETWEEN 0 AND 659""",
}

started = time.time()
db = duckdb.connect()
db.execute("SET threads=2")
db.execute("SET memory_limit='4GB'")
db.execute(f"ATTACH '{out}' AS e (ENCRYPTION_KEY 'a long benchmark key')")
db.execute("USE e")
for name in FILES:
    options = ", dateformat='%d/%m/%Y', timestampformat='%d/%m/%Y %H:%M'" if name in DAY_FIRST else ""
    options += ", encoding='latin-1'" if name == "officers" else ""
    table = name.replace("-", "_")
    db.execute(f"CREATE TABLE {table} AS SELECT * FROM read_csv('{folder}/{name}.csv', header=true, sample_size=100000{options})")
db.execute("CHECKPOINT e")
loaded = time.time()
found = {name: db.execute(sql).fetchone()[0] for name, sql in QUESTIONS.items()}
done = time.time()
print(f"load {loaded - started:.2f}")
print(f"asked {done - loaded:.2f}")
print(f"bytes {os.path.getsize(out)}")
for name, rows in found.items():
    print(f"{name}: {rows}")
