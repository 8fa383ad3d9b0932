"""Small data sets that name their posts themselves: eight of them, or the three of the policy alone. Every
figure can be counted by hand."""

BEFORE, AFTER = "2024-12-31", "2025-12-31"

# The elders' head is fourth; of the Front head at the later date: the same person in v1, someone else in
# v3; the post is vacant in v2 and not reported in v4.
EIGHT = {
    "positions": """
        position_id | name_vi | name_en | short_vi | short_en
        secretary | | | |
        village_head | | | |
        front_head | | | |
        elders_head | Chi hội trưởng người cao tuổi | Elders' association head | Cao tuổi | Elders
        farmers_head | | | |
        women_head | | | |
        veterans_head | | | |
        youth_head | | | |
        """,
    "villages": """
        village_id | name
        v1 | Thôn 1
        v2 | Thôn 2
        v3 | Thôn 3
        v4 | Thôn 4
        """,
    "officers": f"""
        as_of | village_id | secretary | village_head | front_head | elders_head | farmers_head | youth_head
        {BEFORE} | v1 | A+ | A+ | B- | B- | C- | D+
        {BEFORE} | v2 | A+ | B+ | C- | vacant | D+ | E+
        {BEFORE} | v3 | A+ | B- | C+ | D- | D- |
        {BEFORE} | v4 | A+ | B+ | C+ | | |
        {AFTER} | v1 | A+ | A+ | B+ | B+ | C- | D+
        {AFTER} | v2 | A+ | B+ | C- | vacant | D+ | E+
        {AFTER} | v3 | A+ | B- | C+ | D- | D- |
        {AFTER} | v4 | A+ | B+ | C+ | | |
        """,
    "organizations": f"""
        as_of | org_id | parent_id | level | commune_id | village_id | members
        {BEFORE} | c | root | committee | north | |
        {BEFORE} | c1 | c | subcell | north | v1 | 20
        {AFTER} | c | root | committee | north | |
        {AFTER} | c1 | c | subcell | north | v1 | 21
        """,
    "goals": """
        goal_id | name_vi | name_en | measure | operator | target | deadline
        elders | Chi hội trưởng NCT là đảng viên | | member_share:elders_head | > | 80 | 2026-12-31
        heads | Trưởng thôn là đảng viên | Heads | member_share:village_head+elders_head | >= | 60 |
        pair | Mặt trận kiêm người cao tuổi | | overlap_share:front_head+elders_head | up | |
        """,
    "published": f"""
        figure_id | measure | value | denominator | as_of
        elders | member_share:elders_head | 1 | 2 | {AFTER}
        """,
}

# The village head has another name; one person has all three posts in v1, no Front head in v2.
THREE = {
    "positions": """
        position_id | name_vi | name_en
        village_head | Trưởng bản | Hamlet head
        secretary | |
        front_head | |
        """,
    "villages": EIGHT["villages"],
    "officers": f"""
        as_of | village_id | secretary | village_head | front_head
        {BEFORE} | v1 | A+ | B+ | B+
        {BEFORE} | v2 | A+ | B- | vacant
        {BEFORE} | v3 | A+ | B+ | C+
        {AFTER} | v1 | A+ | A+ | A+
        {AFTER} | v2 | A+ | B- | vacant
        {AFTER} | v3 | A+ | B+ | C+
        """,
    "organizations": EIGHT["organizations"],
    "goals": """
        goal_id | name_vi | measure | operator | target
        heads | Trưởng bản là đảng viên | member_share:village_head | > | 80
        """,
}
