"""A small data set in which villages are merged, divided, moved, renamed and dissolved on 01/07/2025; a year
later both communes become one. Every figure of it can be counted by hand."""

BEFORE, AFTER, LATER = "2024-12-31", "2025-12-31", "2026-12-31"

TABLES = {
    "communes": """
        commune_id | name | valid_from | valid_to | merged_into
        north | Bắc | | 2026-06-30 | whole
        south | Nam | | 2026-06-30 | whole
        whole | Chung | 2026-07-01 | |
        """,
    # a1 and a2 become m; d is divided into d1 and d2; v moves to the south; r is renamed; x is dissolved.
    "villages": """
        village_id | commune_id | name | households | population | valid_from | valid_to | merged_into
        a1 | north | Thôn A1 | 10 | 40 | | 2025-06-30 | m
        a2 | north | Thôn A2 | 20 | 80 | | 2025-06-30 | m
        m | north | Thôn M | 30 | 120 | 2025-07-01 | |
        d | north | Thôn D | 40 | 160 | | 2025-06-30 |
        d1 | north | Thôn D1 | 25 | 100 | 2025-07-01 | |
        d2 | north | Thôn D2 | 15 | 60 | 2025-07-01 | |
        v | north | Thôn V | 5 | 20 | | 2025-06-30 |
        v | south | Thôn V | 6 | 24 | 2025-07-01 | |
        r | north | Thôn Cũ | 7 | 28 | | 2025-06-30 |
        r | north | Thôn Mới | 7 | 28 | 2025-07-01 | |
        x | north | Thôn X | 3 | 12 | | 2025-06-30 |
        s | south | Thôn S | 100 | 400 | | |
        """,
    # One person has both posts in a1, d, x before and in m, d1, v after; r's head becomes a member.
    "officers": f"""
        as_of | village_id | secretary | village_head
        {BEFORE} | a1 | A+ | A+
        {BEFORE} | a2 | A+ | B+
        {BEFORE} | d | A+ | A+
        {BEFORE} | v | A+ | B+
        {BEFORE} | r | A+ | B-
        {BEFORE} | x | A+ | A+
        {BEFORE} | s | A+ | B+
        {AFTER} | m | A+ | A+
        {AFTER} | d1 | A+ | A+
        {AFTER} | d2 | A+ | B-
        {AFTER} | v | A+ | A+
        {AFTER} | r | A+ | B+
        {AFTER} | s | A+ | B+
        {LATER} | m | A+ | A+
        {LATER} | d1 | A+ | A+
        {LATER} | d2 | A+ | B-
        {LATER} | v | A+ | A+
        {LATER} | r | A+ | B+
        {LATER} | s | A+ | B+
        """,
    "organizations": f"""
        as_of | org_id | level | commune_id | village_id | members
        {BEFORE} | cell-v | cell | north | v | 5
        {AFTER} | cell-v | cell | south | v | 6
        {LATER} | cell-v | cell | whole | v | 7
        """,
    "goals": """
        goal_id | measure | operator | target
        heads | member_share:village_head | up |
        both | overlap_share:secretary+village_head | up |
        villages | count:villages | up |
        homes | count:households | up |
        """,
}
