"""The data of one commune of today, small enough to count by hand."""

THEN, NOW = "2024-12-31", "2025-12-31"
# Two communes became one on 01/07/2025; two villages named Thôn 1; a2 became part of a1 on 01/09/2025.
TABLES = {
    "communes": """
        commune_id | name | valid_from | valid_to | merged_into
        a | Hương Sơn | | 2025-06-30 | m
        b | Hương Xuân | | 2025-06-30 | m
        m | Nam Đông | 2025-07-01 | |
        """,
    "villages": """
        village_id | commune_id | name | households | valid_from | valid_to | merged_into
        a1 | a | Thôn 1 | 10 | | |
        a2 | a | Thôn 2 | 20 | | 2025-08-31 | a1
        b1 | b | Thôn 1 | 30 | | |
        n1 | m | Thôn Mới | 5 | 2025-09-01 | |
        """,
    "officers": f"""
        as_of | village_id | secretary | village_head
        {THEN} | a1 | A+ | A+
        {THEN} | a2 | A+ | B-
        {THEN} | b1 | A+ | B+
        {NOW} | a1 | A+ | A+
        {NOW} | b1 | A+ | A+
        {NOW} | n1 | A+ | B-
        """,
    "organizations": f"""
        as_of | org_id | parent_id | level | commune_id | village_id | members
        {THEN} | school | root | cell | a | | 4
        {THEN} | cell-a1 | root | cell | a | a1 | 5
        {THEN} | cell-a2 | root | cell | a | a2 | 6
        {NOW} | school | root | cell | m | | 4
        {NOW} | cell-a1 | root | cell | m | a1 | 11
        """,
    "goals": """
        goal_id | measure | operator | target | deadline
        heads | member_share:village_head | > | 80 | 2027-12-31
        both | overlap_share:secretary+village_head | up | |
        """,
}

ROOT = "Đảng bộ xã Nam Đông"
