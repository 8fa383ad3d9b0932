"""Random data with gaps: every number and claim in the sentences, against a recount row by row.

Whole communes, single posts and numbers are missing, others at each date. The recount (`plain_figures`) reads
the files and imports nothing of the measures; the claims are read out of the Vietnamese sentences.
"""

from __future__ import annotations

import csv
import re
from fractions import Fraction
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import plain_figures
import pytest

from dashboard import schema
from dashboard.dataset import load, select
from dashboard.exhibits import Exhibit, every

DATES = ("2023-12-31", "2024-12-31")
NAMES = {"an": "An", "binh": "Bình", "cao": "Cao", "dien": "Điền"}
GOALS = {
    "heads": ("member_share:village_head", ">", "80"),
    "pooled": ("member_share:farmers_head+women_head", ">=", "50"),
    "rising": ("member_share:front_head", "up", ""),
    "joined": ("overlap_share:secretary+village_head", "up", ""),
    "wanted": ("overlap_share:secretary+village_head", ">=", "50"),
    "members": ("count:members", ">=", "150"),
}
# Of so many data sets the communes stay; of further ones the first is divided.
WHOLE = 12
RANKED = ["heads", "pooled", "rising", "joined"]
ON_POSTS = [name for name in GOALS if name != "members"]
Row = dict[str, Any]


def write(random: Random, folder: Path, *, divided: bool = False) -> None:
    """A district of three or four communes with two to four villages each, at two dates; the first commune
    may be divided among the others between the two."""
    communes = list(NAMES)[: random.choice((3, 4))]
    villages = [(f"{commune}-{n}", commune) for commune in communes for n in range(random.randint(2, 4))]
    gap = random.choice((0, 0.1, 0.3))
    unknown = random.choice((0, 0.1, 0.4, 1))
    tables: dict[str, list[Row]] = {table.name: [] for table in schema.TABLES}
    tables["communes"] = [
        {"commune_id": commune, "name": NAMES[commune], "kind": "xa", "rank": n}
        for n, commune in enumerate(communes)
    ]
    tables["villages"] = [
        {"village_id": village, "commune_id": commune, "name": village.title(), "kind": "thon"}
        for village, commune in villages
    ]
    lies_in = {DATES[0]: dict(villages), DATES[1]: dict(villages)}
    if divided:
        _divide(random, tables, lies_in[DATES[1]])
    for date in DATES:
        tables["organizations"].append({"as_of": date, "org_id": "root", "name": "Gốc", "level": "district"})
        for commune in communes:
            has_ended = divided and date == DATES[1] and commune == communes[0]
            if has_ended or random.random() < gap:
                continue
            own = [village for village, place in lies_in[date].items() if divided and place == commune]
            tables["organizations"] += _organizations(random, date, commune, gap, own)
        unreported = {commune for commune in communes if random.random() < gap}
        for (village, commune), position in product(villages, schema.POSITIONS):
            if commune in unreported or random.random() < gap / 2:
                continue
            holder = "" if random.random() < 0.15 else random.choice("ABC")
            member = (
                "" if not holder else str(holder == "A" or position == "secretary" or holder == "B").lower()
            )
            if position == "secretary" and holder == "C":
                holder, member = "A", "true"
            if holder and random.random() < unknown:
                holder, member = "?", str(position == "secretary" or random.random() < 0.5).lower()
            row = {"as_of": date, "village_id": village, "position": position}
            tables["officers"].append({**row, "holder": holder, "party_member": member})
    tables["goals"] = [
        {"goal_id": name, "name_vi": name, "name_en": name, "measure": measure, "operator": operator}
        | {"target": target, "deadline": "2026-12-31"}
        for name, (measure, operator, target) in GOALS.items()
    ]
    (folder / "dataset.toml").write_text(
        'title = "T"\npublisher = "T"\nsample = true\nroot = "Huyện"\n', "utf-8"
    )
    for table in (table for table in schema.TABLES if not table.optional):
        with open(folder / table.file, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, table.column_names)
            writer.writeheader()
            writer.writerows(tables[table.name])


def _organizations(random: Random, date: str, commune: str, gap: float, own: list[str]) -> list[Row]:
    """The committee of a commune with three cells, some of which state no members, and those of its `own`
    villages."""
    ids = {"as_of": date, "commune_id": commune}
    top = {"org_id": f"o-{commune}", "parent_id": "root", "name": f"Đảng bộ {commune}", "level": "committee"}
    cells = [
        {"org_id": f"c-{commune}-{n}", "members": "" if random.random() < gap else random.randint(5, 25)}
        for n in range(3)
    ]
    cells += [
        {"org_id": f"v-{village}", "village_id": village, "members": random.randint(5, 25)} for village in own
    ]
    below = {"parent_id": f"o-{commune}", "level": "subcell"}
    return [
        {**ids, **top},
        *({**ids, **below, "name": f"Chi bộ {n}", **cell} for n, cell in enumerate(cells)),
    ]


def _divide(random: Random, tables: dict[str, list[Row]], lies_in: dict[str, str]) -> None:
    """End the first commune, with or without one that follows the whole, and move its villages to others."""
    old, *others = tables["communes"]
    follows = random.choice(["", *(other["commune_id"] for other in others)])
    old |= {"valid_to": "2024-06-30", "merged_into": follows}
    for row in [row for row in tables["villages"] if row["commune_id"] == old["commune_id"]]:
        row["valid_to"] = old["valid_to"]
        into = random.choice(others)["commune_id"]
        tables["villages"].append(
            {**row, "commune_id": into, "valid_from": "2024-07-01", "valid_to": ""},
        )
        lies_in[row["village_id"]] = into


class Case:
    """One random data set with its exhibits and its recount."""

    def __init__(self, seed: int, folder: Path) -> None:
        write(Random(seed), folder, divided=seed >= WHOLE)
        data = load(folder)
        self.exhibits: dict[str, Exhibit] = {exhibit.id: exhibit for exhibit in every(data, select(data))}
        tables = plain_figures.read(folder)
        # Communes are at both dates what they are at the later one.
        self.now = plain_figures.Counting(tables, DATES[1], "then")
        self.at = dict.fromkeys(DATES, self.now)
        self.communes = self.now.listed()
        self.goals = {row["goal_id"]: row for row in plain_figures.figures(folder)["goals"]}

    def names(self, phrase: str) -> set[str]:
        """The communes that a piece of a sentence names."""
        return {commune for commune in self.communes if f"Xã {NAMES[commune]}" in phrase}

    def complete(self, measure: str, date: str = DATES[1]) -> dict[str, Fraction]:
        """What each commune that reports all counts for a measure: a share, or a bare count."""
        result = {}
        for commune in self.communes:
            part, whole = self.at[date].measure(measure, date, frozenset({commune}))
            unreported = measure.startswith("count") and self.at[date]._lacks_organizations(
                date, frozenset({commune})
            )
            if not (
                self.at[date].unreported(measure, date, frozenset({commune}))
                or unreported
                or part is None
                or whole == 0
            ):
                result[commune] = Fraction(part, whole or 1)
        return result


@pytest.fixture(scope="module", params=range(WHOLE + 6))
def case(request, tmp_path_factory) -> Case:
    return Case(request.param, tmp_path_factory.mktemp("gaps"))


def percent(part: int, whole: int) -> str:
    tenths = (2000 * part + whole) // (2 * whole)
    return f"{tenths // 10},{tenths % 10}%"


def ratio(part: int, whole: int) -> str:
    return f"{part}/{whole} ({percent(part, whole)})"


def test_a_share_stands_with_what_is_not_reported_and_how_sure_it_is(case):
    for goal in ON_POSTS:
        row, headline = case.goals[goal], case.exhibits[f"goals.by_commune:{goal}"].headline
        if row["denominator"]:
            assert ratio(row["numerator"], row["denominator"]) in headline, goal
        counted = re.search(r"(\d+) (vị trí|thôn) chưa báo cáo", headline)
        assert int(counted[1] if counted else 0) == row["unreported"], goal
        if row["denominator"] and row["status"] != "no_data":
            assert ("có thể thay đổi" in headline) == (not row["certain"]), goal


def test_a_sum_with_a_gap_is_a_lower_bound(case):
    total = case.now.units("members", DATES[1], None)
    gaps = case.now.blanks("members", DATES[1], None)
    unreported = case.now._lacks_organizations(DATES[1], None) or any(
        case.now._lacks_organizations(DATES[1], frozenset({commune})) for commune in case.communes
    )
    for name in ("structure.members_over_time", "overview.key_figures"):
        headline = case.exhibits[name].headline.lower()
        if total is not None and f"{total} đảng viên" in headline:
            assert (f"ít nhất {total} đảng viên" in headline) == bool(gaps or unreported), name


def test_who_is_highest_and_lowest_is_so_among_those_that_report_all(case):
    for goal in RANKED:
        whole = case.complete(GOALS[goal][0])
        for sentence in case.exhibits[f"goals.by_commune:{goal}"].takeaways:
            if ranked := re.match(
                r"Tỷ lệ cao nhất: (.*?); thấp nhất: (.*?)\.(?: Không xếp (.*)|$)", sentence
            ):
                most, fewest, left_out = ranked[1], ranked[2], ranked[3] or ""
                for names, end in ((case.names(most), max), (case.names(fewest), min)):
                    assert names <= {commune for commune in whole if whole[commune] == end(whole.values())}, (
                        goal
                    )
                if "nơi" not in left_out:
                    assert case.names(left_out).isdisjoint(whole), goal
            if alike := re.match(r"Cả (\d+) xã", sentence):
                assert len(set(whole.values())) == 1, goal
                assert int(alike[1]) == len(whole), goal


def test_the_largest_commune_is_largest_of_those_whose_members_are_all_told(case):
    whole = case.complete("count:members")
    headline = case.exhibits["structure.by_commune"].headline
    if match := re.search(r"(.*) đông đảng viên nhất trong|đông đảng viên nhất là (.*?):", headline):
        names = case.names(match[1] or match[2])
        assert names <= {commune for commune in whole if whole[commune] == max(whole.values())}
        if match[1]:
            assert len(whole) == len(case.communes)


def test_a_change_is_counted_over_what_both_dates_report(case):
    for goal in ON_POSTS:
        measure = GOALS[goal][0]
        gained, compared, _ = case.now.gained(measure, DATES[0], None)
        headline = case.exhibits[f"goals.path:{goal}"].headline
        dates = re.findall(r"(\d+/\d+) \(", headline)
        own = [case.at[date].measure(measure, date, None) for date in DATES]
        if all(whole for _, whole in own):
            assert dates == [f"{part}/{whole}" for part, whole in own], goal
        if moved := re.search(r"; (tăng|giảm|không đổi) ?(\d*) ở các .* báo cáo cả hai ngày", headline):
            assert {"tăng": 1, "giảm": -1, "không đổi": 0}[moved[1]] * int(moved[2] or 0) == gained, goal
        elif "; không so sánh được" in headline:
            assert compared == 0, goal
        elif len(dates) == 2:
            assert gained == own[1][0] - own[0][0], goal


def test_communes_that_rose_and_fell_are_those_of_which_all_can_be_compared(case):
    for goal in ON_POSTS:
        headline = case.exhibits[f"changes.by_commune:{goal}"].headline
        ways = re.search(r"tăng ở (\d+), giảm ở (\d+), không đổi ở (\d+)", headline)
        if not ways:
            continue
        measure = GOALS[goal][0]
        gains = []
        for commune in case.communes:
            here = frozenset({commune})
            gaps = [case.at[date].unreported(measure, date, here) for date in DATES]
            gained, compared, _ = case.now.gained(measure, DATES[0], here)
            if compared and not any(gaps):
                gains.append(gained)
        expected = [sum(by > 0 for by in gains), sum(by < 0 for by in gains), gains.count(0)]
        assert [int(n) for n in ways.groups()] == expected, goal


def test_what_changed_most_is_told_with_the_figures_of_its_dates(case):
    for sentence in case.exhibits["goals.progress"].takeaways:
        for goal, before, now in re.findall(r"“(\w+)” từ (\d+/\d+) đến (\d+/\d+)", sentence):
            for date, count in zip(DATES, (before, now), strict=True):
                part, whole = case.at[date].measure(GOALS[goal][0], date, None)
                assert count == f"{part}/{whole}"


def test_overlap_counts_only_villages_that_are_known(case):
    headline = case.exhibits["overlap.by_commune"].headline
    pairs = ("overlap_share:secretary+village_head", "overlap_share:secretary+front_head")
    own = [case.now.measure(pair, DATES[1], None) for pair in pairs]
    if all(whole for _, whole in own):
        assert re.findall(r"(\d+/\d+) \(", headline) == [f"{part}/{whole}" for part, whole in own]
        clauses = headline.split("; ")
        for pair, clause in zip(pairs, clauses, strict=True):
            unknown = re.search(r"(\d+) chưa báo cáo", clause)
            assert int(unknown[1] if unknown else 0) == case.now.unreported(pair, DATES[1], None)


def test_villages_with_overlap_without_and_unknown_add_up(case):
    headline = case.exhibits["overlap.combinations"].headline
    if counted := re.match(r"(\d+)/(\d+) \(.*?(\d+) thôn không(?:.*?(\d+) thôn chưa)?", headline):
        some, villages, none, unknown = (int(n or 0) for n in counted.groups())
        assert some + none + unknown == villages


def test_every_commune_that_misses_no_goal_is_said_only_where_all_is_known(case):
    headline = case.exhibits["goals.attention"].headline
    targets = [row for row in case.goals.values() if row["operator"] != "up" and row["goal_id"] != "members"]
    states = [state for row in targets for state in row["by_commune"]]
    sure = all(state["certain"] and state["status"] != "no_data" for state in states)
    if "Trong phạm vi đang chọn, không xã nào" in headline or "nhiều nhất là" in headline:
        assert sure
