"""A small data set in which a commune is divided on 01/07/2025 and another is merged twice; every figure
of it can be counted by hand. `MERGED_INTO` stands for what is said of the divided one."""

BEFORE, BETWEEN, AFTER = "2021-12-31", "2023-12-31", "2025-12-31"

# The name and the code of the divided commune live on in the new one; "first" is merged twice.
COMMUNES = """
    commune_id | name | code | valid_from | valid_to | merged_into
    old | Đồng | 101 | | 2025-06-30 | MERGED_INTO
    first | Một | 102 | | 2022-06-30 | second
    second | Hai | 103 | 2022-07-01 | 2025-06-30 | third
    west | Tây | 104 | | |
    east | Đồng | 101 | 2025-07-01 | |
    third | Ba | 102 | 2025-07-01 | |
    """
TABLES = {
    # Of the divided one o1 goes east and o2 west; o3 becomes part of w in the west; o4 is dissolved.
    "villages": """
        village_id | commune_id | name | households | population | valid_from | valid_to | merged_into
        o1 | old | Thôn 1 | 10 | 40 | | 2025-06-30 |
        o2 | old | Thôn 2 | 20 | 80 | | 2025-06-30 |
        o3 | old | Thôn 3 | 30 | 120 | | 2025-06-30 | w
        o4 | old | Thôn 4 | 1 | 4 | | 2025-06-30 |
        f | first | Thôn F | 50 | 200 | | |
        w | west | Thôn W | 100 | 400 | | |
        o1 | east | Thôn 1 | 11 | 44 | 2025-07-01 | |
        o2 | west | Thôn 2 | 21 | 84 | 2025-07-01 | |
        """,
    "officers": "\n".join(
        [
            "as_of | village_id | secretary | village_head",
            *(f"{date} | {village} | A+ | A+" for date in (BEFORE, BETWEEN) for village in ("o1", "o3", "f")),
            *(f"{date} | {village} | A+ | B-" for date in (BEFORE, BETWEEN) for village in ("o2", "o4", "w")),
            *(f"{AFTER} | {village} | A+ | A+" for village in ("o1", "o2", "f")),
            f"{AFTER} | w | A+ | B-",
        ]
    ),
    "organizations": "\n".join(
        [
            "as_of | org_id | parent_id | level | commune_id | village_id | members | admitted",
            *(
                line
                for date, commune in ((BEFORE, "first"), (BETWEEN, "second"))
                for line in (
                    f"{date} | c-old | root | committee | old | | |",
                    f"{date} | o1-cell | c-old | subcell | | o1 | 10 | 1",
                    f"{date} | o2-cell | c-old | subcell | | o2 | 20 | 0",
                    f"{date} | o3-cell | c-old | subcell | | o3 | 30 | 0",
                    f"{date} | office | c-old | subcell | | | 5 | 2",
                    f"{date} | f-cell | root | cell | {commune} | f | 4 | 0",
                    f"{date} | c-west | root | committee | west | | |",
                    f"{date} | w-cell | c-west | subcell | | w | 7 | 0",
                    f"{date} | agency | root | cell | | | 9 | 0",
                )
            ),
            f"{AFTER} | c-east | root | committee | east | | |",
            f"{AFTER} | o1-cell | c-east | subcell | | o1 | 12 | 0",
            f"{AFTER} | f-cell | root | cell | third | f | 4 | 0",
            f"{AFTER} | c-west | root | committee | west | | |",
            f"{AFTER} | w-cell | c-west | subcell | | w | 37 | 0",
            f"{AFTER} | o2-cell | c-west | subcell | | o2 | 20 | 1",
            f"{AFTER} | agency | root | cell | | | 9 | 0",
        ]
    ),
    "goals": """
        goal_id | measure | operator | target
        heads | member_share:village_head | up |
        both | overlap_share:secretary+village_head | >= | 50
        members | count:members | up |
        committees | count:committees | up |
        villages | count:villages | up |
        rate | admission_rate:members | >= | 3
        """,
}


def tables(merged_into: str = "") -> dict[str, str]:
    """The tables; `merged_into` is what is said of the divided commune."""
    return {"communes": COMMUNES.replace("MERGED_INTO", merged_into), **TABLES}
