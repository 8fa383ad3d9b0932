"""A small data set of what is rare with villages: two things on one day, one that comes back, periods that
begin or end on a date of the data, a merger into one that changes later, what comes after the day of viewing.

Households are powers of two, so that a sum tells which villages are in it.
"""

BEFORE, AFTER, LATER = "2024-12-31", "2025-12-31", "2026-12-31"

TABLES = {
    "communes": "commune_id | name\nnorth | Bắc\nsouth | Nam",
    # k is renamed and moves on one day; p becomes part of q, which is renamed later; t is divided into t1 and
    # t2, which become t again; b comes back; e, g, h and f end and begin around the dates; u will move.
    "villages": """
        village_id | commune_id | name | households | valid_from | valid_to | merged_into
        k | north | Thôn K | 1 | | 2025-06-30 |
        k | south | Thôn Kha | 1 | 2025-07-01 | |
        p | north | Thôn P | 2 | | 2025-06-30 | q
        q | north | Thôn Q | 4 | | 2025-12-31 |
        q | north | Thôn Quế | 6 | 2026-01-01 | |
        t | north | Thôn T | 8 | | 2025-03-31 |
        t1 | north | Thôn T1 | 3 | 2025-04-01 | 2025-09-30 | t
        t2 | north | Thôn T2 | 5 | 2025-04-01 | 2025-09-30 | t
        t | north | Thôn T | 8 | 2025-10-01 | |
        e | north | Thôn E | 16 | | 2024-12-31 |
        g | north | Thôn G | 32 | | 2025-12-30 |
        u | north | Thôn U | 64 | | 2026-12-31 |
        u | south | Thôn U | 64 | 2027-01-01 | |
        b | south | Thôn B | 128 | | 2024-06-30 |
        b | south | Thôn B | 128 | 2025-01-15 | |
        h | north | Thôn H | 256 | 2025-01-01 | |
        f | north | Thôn F | 512 | 2025-12-31 | |
        """,
    "officers": "\n".join(
        [
            "as_of | village_id | secretary | village_head",
            *(f"{BEFORE} | {village} | A+ | A+" for village in "kpeg"),
            *(f"{BEFORE} | {village} | A+ | B-" for village in "tu"),
            f"{BEFORE} | q | A+ | B+",
            *(f"{date} | {village} | A+ | A+" for date in (AFTER, LATER) for village in "bhf"),
            *(f"{date} | {village} | A+ | B+" for date in (AFTER, LATER) for village in "qt"),
            *(f"{date} | {village} | A+ | B-" for date in (AFTER, LATER) for village in "ku"),
        ]
    ),
    "goals": """
        goal_id | measure | operator | target
        heads | member_share:village_head | > | 80
        both | overlap_share:secretary+village_head | up |
        """,
}
