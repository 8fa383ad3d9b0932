"""The pages of one commune and one village: every number recomputed by plain counting."""

from __future__ import annotations

import re
from fractions import Fraction

import plain_figures
import pytest

from dashboard import exhibits, text
from dashboard.dataset import UnknownChoiceError, default_folder, select
from dashboard.exhibits.places import commune, village
from dashboard.outputs import briefing

TABLES = plain_figures.read(default_folder())
DATES = sorted({row["as_of"] for row in TABLES["officers"]})
GOALS = {row["goal_id"]: row for row in TABLES["goals"]}


def numbers(sentence: str) -> list[int]:
    """The whole numbers of a sentence without its dates and percentages."""
    bare = re.sub(r"\d\d/\d\d/\d{4}|\(?[\d.,]+%\)?", "", sentence)
    return [
        int(number.replace(".", "").replace(",", "")) for number in re.findall(r"\d+(?:[.,]\d{3})*", bare)
    ]


def ratio(count: tuple[int, int], lang: str) -> str:
    """ "4/6 (66,7%)", rounded half up."""
    thousandths = Fraction(1000 * count[0], count[1])
    rounded = int(thousandths + Fraction(1, 2))
    mark = "," if lang == "vi" else "."
    return f"{count[0]}/{count[1]} ({rounded // 10}{mark}{rounded % 10}%)"


@pytest.mark.parametrize("boundaries", ["then", "now"])
@pytest.mark.parametrize(("as_of", "lang"), [(DATES[0], "en"), (DATES[-1], "vi")])
def test_the_place_among_the_others(bundled, as_of, boundaries, lang):
    count, words = plain_figures.Counting(TABLES, as_of, boundaries), text.get(lang)
    communes = count.listed()
    tables = {
        area: commune.peers(bundled, select(bundled, [area], as_of, boundaries, lang)).table.frame
        for area in communes
    }
    for n, goal in enumerate(GOALS.values()):
        measure = goal["measure"]
        label = ratio(count.measure(measure, as_of, None), lang)
        if unreported := count.unreported(measure, as_of, None):
            unit = "posts" if measure.startswith("member_share") else "villages"
            label += f" · {words(f'goals.unreported.{unit}', n=unreported)}"
        own = {area: count.measure(measure, as_of, frozenset({area})) for area in communes}
        shares = {
            area: Fraction(*own[area])
            for area in communes
            if not count.unreported(measure, as_of, frozenset({area}))
        }
        known = "" if len(shares) == len(communes) else "_known"
        for area, table in tables.items():
            row = table.iloc[n]
            assert row.iloc[3] == label, area
            if area not in shares:
                assert row.iloc[1] == row.iloc[2] == words("commune.peers.incomplete"), area
                continue
            first = 1 + sum(other > shares[area] for other in shares.values())
            last = sum(other >= shares[area] for other in shares.values())
            assert row.iloc[1] == ratio(own[area], lang), area
            if len(shares) == 1:
                assert row.iloc[2] == words("commune.peers.alone"), area
            elif last - first == len(shares) - 1:
                assert row.iloc[2] == words(f"commune.peers.all_alike{known}", n=len(shares)), area
            else:
                assert numbers(row.iloc[2].replace("–", " ")) == [*sorted({first, last}), len(shares)], area


def test_codes_that_are_used_again_are_told_apart(bundled):
    then = commune.portrait(bundled, select(bundled, ["khe-tre"])).sentences[-1]
    now = commune.portrait(bundled, select(bundled, ["khe-tre-2025"], boundaries="now")).sentences[-1]
    assert then == "Mã đơn vị hành chính: 20161; từ 01/07/2025 nhập vào Xã Khe Tre (mã 20161)."
    assert "lập từ 01/07/2025 trên cơ sở Thị trấn Khe Tre (mã 20161), Xã Hương Phú (mã 20164)" in now


def test_a_commune_that_was_there_before_takes_others_in(build):
    data = build(
        communes="""
        commune_id | name | valid_from | valid_to | merged_into
        a | Một | | 2023-05-31 | c
        b | Hai | 2020-01-01 | 2024-06-30 | c
        c | Ba | 2010-01-01 | |
        d | Bốn | | |
        e | Năm | | 2024-06-30 | d""",
        organizations="org_id | level | commune_id\nx | cell | c\ny | cell | d",
    )
    vi, en = (
        {area: commune.portrait(data, select(data, [area], lang=lang)).sentences[-1] for area in "cd"}
        for lang in text.LANGUAGES
    )
    assert vi["c"] == "có từ 01/01/2010; từ 01/06/2023 nhận thêm Xã Một; từ 01/07/2024 nhận thêm Xã Hai."
    assert vi["d"] == "từ 01/07/2024 nhận thêm Xã Năm."
    assert en["d"] == "with Năm commune from 01/07/2024 on."


def test_no_commune_or_several_have_no_portrait(bundled):
    for chosen in ([], ["huong-son", "huong-phu"], ["outside"]):
        selection = select(bundled, chosen)
        assert exhibits.build(bundled, selection, ["commune.portrait", "commune.peers"]) == []


def test_communes_with_equal_shares_stand_together_and_one_without_data_apart(build):
    dataset = build(
        communes="commune_id\nnorth\nsouth\neast\nwest\nbare",
        villages="village_id | commune_id\na | north\nb | south\nc | east\nd | west",
        officers="village_id | village_head\na | A+\nb | A+\nc | A-",
        goals="goal_id | measure | target\nheads | member_share:village_head | 80",
    )
    places = {
        area: commune.peers(dataset, select(dataset, [area]))
        .table.frame[text.get()("commune.peers.place")]
        .iloc[0]
        for area in ("north", "south", "east", "west", "bare")
    }
    assert places["north"] == places["south"] == "thứ 1–2/3 nơi đủ số liệu"
    assert places["east"] == "thứ 3/3 nơi đủ số liệu"
    assert places["west"] == places["bare"] == "chưa có đủ số liệu để xếp thứ"


def test_a_commune_without_villages_says_so(build):
    dataset = build(
        communes="commune_id\nnorth\nbare",
        villages="village_id\na",
        officers="village_id | secretary\na | A+",
    )
    exhibit = commune.portrait(dataset, select(dataset, ["bare"]))
    assert exhibit.headline.startswith("Xã bare: 0 thôn;")


def lacks(goal: plain_figures.Row, count: tuple[int, int]) -> int:
    """The fewest more members over the same posts that reach a goal; 0 without a target."""
    if not goal["target"]:
        return 0
    _, more = plain_figures._against(goal["operator"], Fraction(goal["target"]), *count)
    return more or 0


def effects_of_changes(count: plain_figures.Counting, village: plain_figures.Row) -> list[list[tuple]]:
    """Per change in a village (a holder becomes a member, a member fills a vacant post) what the goals that
    its commune misses become; changes that move none are left out."""
    commune = frozenset({count._home(village)})
    persons: dict[str, set[str]] = {}
    vacant = []
    for position, row in count._posts(count.as_of, commune)[village["village_id"]].items():
        if not row["holder"]:
            vacant.append({position})
        elif row["party_member"] != "true":
            persons.setdefault(row["holder"], set()).add(position)
    result = []
    for posts, filled in (*((own, 0) for own in persons.values()), *((post, 1) for post in vacant)):
        effects = []
        for goal in GOALS.values():
            part, whole = count.measure(goal["measure"], count.as_of, commune)
            moved = len(posts & set(goal["measure"].partition(":")[2].split("+")))
            if goal["measure"].startswith("member_share") and moved and lacks(goal, (part, whole)):
                effects.append((goal, (part + moved, whole + moved * filled)))
        result += [effects] if effects else []
    return result


@pytest.mark.parametrize("boundaries", ["then", "now"])
def test_what_one_change_in_a_village_moves(bundled, boundaries):
    count = plain_figures.Counting(TABLES, DATES[-1], boundaries)
    selection = select(bundled, (), DATES[-1], boundaries)
    for row in TABLES["villages"]:
        exhibit = village.goals(bundled, selection, row["village_id"])
        expected = effects_of_changes(count, row)
        for sentence, effects in zip(exhibit.sentences, expected, strict=True):
            told = []
            for goal, after in effects:
                assert goal["name_vi"] in sentence
                assert ratio(after, "vi") in sentence
                told += [*after, *filter(None, [lacks(goal, after)])]
            assert numbers(sentence) == told, sentence
        reached = sum(any(not lacks(*effect) for effect in effects) for effects in expected)
        if expected:
            headline = exhibit.headline.removeprefix(row["name"])
            assert numbers(headline) == [len(expected), *filter(None, [reached])], headline


def test_a_village_that_is_not_reported_at_all(build):
    dataset = build(
        villages="village_id\na\nb",
        officers="village_id | secretary | village_head\na | A+ | vacant",
        goals="goal_id | measure | target\nheads | member_share:village_head | 80",
    )
    selection = select(dataset)
    assert (
        village.portrait(dataset, selection, "b").headline
        == "b (Xã north): chưa có số liệu chức danh tại ngày chốt này"
    )
    assert village.history(dataset, selection, "b").headline == "b: chưa có số liệu chức danh ở ngày chốt nào"
    assert village.goals(dataset, selection, "b").sentences == ()


def test_a_member_who_fills_a_vacant_post_counts_in_part_and_whole(build):
    dataset = build(
        officers="village_id | secretary | village_head\na | A+ | vacant\nb | A+ | B-\nc | A+ | B+",
        goals="goal_id | measure | target\nheads | member_share:village_head | 60",
    )
    (sentence,) = village.goals(dataset, select(dataset), "a").sentences
    assert sentence == (
        "Nếu vị trí khuyết trưởng thôn, tổ trưởng tổ dân phố có đảng viên giữ: "
        "“heads” ở Xã north thành 2/3 (66,7%), đạt."
    )


def test_a_village_is_asked_for_by_id_and_an_unknown_one_is_refused(bundled):
    selection = select(bundled)
    ids = exhibits.places.of_village("huong-son-2")
    assert [exhibit.id for exhibit in exhibits.build(bundled, selection, ids)] == list(ids)
    with pytest.raises(UnknownChoiceError) as refused:
        exhibits.build(bundled, selection, ["village.portrait:nowhere"])
    assert refused.value.kind == "village"
    with pytest.raises(UnknownChoiceError):
        exhibits.build(bundled, selection, ["village.portrait"])
    assert not [key for key in exhibits.known(bundled) if key.startswith(("commune.", "village."))]


def test_a_briefing_of_a_village_is_about_it_alone_and_that_of_all_is_as_it_was(bundled):
    selection = select(bundled)
    ids = exhibits.places.of_village("khe-tre-3")
    brief = briefing.brief(bundled, selection, ids)
    assert [exhibit.id for exhibit in brief.exhibits] == list(ids)
    assert brief.place == "Tổ dân phố 3 (Thị trấn Khe Tre)"
    assert brief.stem == "bao-cao_khe-tre-3_2024-12-31_so-lieu-mau"
    assert [figure.value for figure in brief.opening.figures] == ["163", "644", "18"]
    pages = {exhibit.id.partition(".")[0] for exhibit in briefing.brief(bundled, selection).exhibits}
    assert not pages & {"commune", "village"}


def test_a_briefing_of_a_commune_holds_its_page(bundled):
    brief = briefing.brief(bundled, select(bundled, ["huong-son"]), exhibits.places.COMMUNE)
    assert tuple(exhibit.id for exhibit in brief.exhibits) == exhibits.places.COMMUNE
    assert brief.stem == "bao-cao_xa-huong-son_2024-12-31_so-lieu-mau"


def test_posts_of_a_village_that_are_vacant_are_not_said_to_lack_data(build):
    data = build(
        officers="village_id | village_head | front_head\na | vacant |\nb | A+ | B-",
        goals="""
        goal_id | measure | operator | target
        heads | member_share:village_head | >= | 50
        fronts | member_share:front_head | >= | 50""",
    )
    (exhibit,) = exhibits.build(data, select(data), ["village.goals:a"])
    assert exhibit.table.written(exhibit.text)["Thôn này"].tolist() == ["1 vị trí khuyết", "chưa có số liệu"]


def test_a_rate_is_not_ranked_against_a_whole_of_which_a_commune_is_not_known(build):
    data = build(
        communes="commune_id\na\nb\nc",
        organizations="""
        as_of | org_id | level | commune_id | members | admitted
        2023-12-31 | one | cell | a | 20 | 1
        2023-12-31 | three | cell | c | 9 | 0
        2024-12-31 | one | cell | a | 22 | 1
        2024-12-31 | two | cell | b | 10 | 2
        2024-12-31 | three | cell | c | 10 | 0""",
        goals="goal_id | measure | operator | target\nrate | admission_rate:members | >= | 10",
    )
    (exhibit,) = exhibits.build(data, select(data, ["a"]), ["commune.peers"])
    assert exhibit.headline == "Xã a chưa có tỷ lệ nào để so với các xã khác"


@pytest.mark.parametrize(("with_overlap", "ranked"), [(False, True), (True, False)])
def test_a_commune_is_ranked_by_all_goals_that_its_figure_counts_or_not_at_all(build, with_overlap, ranked):
    goals = ["goal_id | measure | operator | target", "heads | member_share:village_head | >= | 80"]
    goals += ["joined | overlap_share:secretary+village_head | >= | 50"] if with_overlap else []
    data = build(
        communes="commune_id\nnorth\nsouth",
        villages="village_id | commune_id\na | north\nb | south",
        officers="village_id | secretary | village_head\na | A+ | B+\nb | A+ | B-",
        goals="\n".join(goals),
    )
    tiles = exhibits.places.tiles.of_commune(data, select(data, ["north"]))
    [met] = [tile for tile in tiles.rows if tile.name == "Chỉ tiêu đạt"]
    assert any("ít thiếu thứ 1/2" in note for note in met.notes) == ranked
