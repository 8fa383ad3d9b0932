"""Every number and every name of the takeaways counted again from the rows."""

import re
from collections import Counter
from fractions import Fraction
from functools import cache
from itertools import pairwise

import pandas as pd
import pytest
from plain_changes import THREE, Plain, load_with_gaps

from dashboard import exhibits, measures, schema
from dashboard.dataset import default_folder, select

DATES = ["2021-12-31", "2022-12-31", "2023-12-31", "2024-12-31"]
# Together they run every line of the exhibits, with all its words, that every commune and date in both
# languages would: nothing chosen, communes with an unreported post and without, several, the district bodies;
# and the same data with whole communes and single posts unreported.
CHOICES = [
    ("bundled", "then", (), DATES[1], "en"),
    ("bundled", "then", (), DATES[3], "vi"),
    ("bundled", "then", (), DATES[3], "en"),
    ("bundled", "then", ("khe-tre",), DATES[0], "vi"),
    ("bundled", "then", ("thuong-long",), DATES[1], "vi"),
    ("bundled", "then", ("thuong-long",), DATES[3], "en"),
    ("bundled", "then", ("outside",), DATES[0], "en"),
    ("bundled", "then", ("outside",), DATES[2], "vi"),
    ("bundled", "then", ("khe-tre", "huong-son"), DATES[1], "vi"),
    ("bundled", "then", ("huong-son", "outside"), DATES[2], "en"),
    ("bundled", "now", (), DATES[2], "vi"),
    ("bundled", "now", ("nam-dong",), DATES[2], "en"),
    ("bundled", "now", ("nam-dong", "long-quang"), DATES[2], "vi"),
    ("with_gaps", "then", (), DATES[2], "en"),
    ("with_gaps", "then", (), DATES[3], "vi"),
    ("with_gaps", "then", (), DATES[3], "en"),
    ("with_gaps", "then", ("khe-tre",), DATES[3], "en"),
    ("with_gaps", "then", ("thuong-long",), DATES[2], "vi"),
    ("with_gaps", "then", ("huong-phu",), DATES[1], "vi"),
    ("with_gaps", "then", ("huong-phu",), DATES[3], "en"),
    ("with_gaps", "then", ("huong-phu", "huong-loc", "huong-son"), DATES[0], "en"),
    ("with_gaps", "then", ("khe-tre", "huong-xuan", "thuong-long", "thuong-lo"), DATES[2], "en"),
]
MOST_LETTERS = 200
GOALS = ["village_head_member", "front_head_member", "association_heads_member", "youth_head_member"]
GOALS += ["secretary_village_head", "secretary_front_head"]


class Case(Plain):
    """One selection with its plain counts; `said` are the takeaways of an exhibit."""

    @property
    def selection(self):
        return select(self.data, self.communes, self.as_of, self.boundaries, self.lang)

    def exhibit(self, name, *of):
        room, _, build = name.partition(".")
        return getattr(getattr(exhibits, room), build)(self.data, self.selection, *of)

    def said(self, name, *of):
        found = self.exhibit(name, *of)
        return list(found.takeaways) if found else []

    def changed(self, name, *of):
        """The takeaways on the change since the date before, in one string, and how many they are."""
        start = self.words("takeaway.since", date="|", said="|").partition("|")[0]
        found = [said for said in self.said(name, *of) if said.startswith(start)]
        return " ".join(found), len(found)

    def standing(self, name, *of):
        """The other takeaways."""
        start = self.words("takeaway.since", date="|", said="|").partition("|")[0]
        return [said for said in self.said(name, *of) if not said.startswith(start)]

    def number(self, value):
        return f"{value:,}".replace(",", "." if self.lang == "vi" else ",")

    def share(self, part, whole):
        tenths = (2000 * part + whole) // (2 * whole)
        return f"{tenths // 10}{',' if self.lang == 'vi' else '.'}{tenths % 10}%"

    def village(self, village, position=None):
        """As a takeaway names it: with its post, and with its commune unless that alone is chosen."""
        name = village.name
        if position:
            key = village.kind if position == "village_head" else position
            name = self.words("takeaway.post", post=self.words(f"takeaway.position.{key}"), village=name)
        alone = self.communes == (village.commune,)
        return name if alone else f"{name} ({self.commune_name(village.commune)})"


@pytest.fixture(scope="module")
def case_of(bundled, tmp_path_factory):
    data = {
        "bundled": bundled,
        "with_gaps": load_with_gaps(default_folder(), tmp_path_factory.mktemp("gaps")),
    }

    def case(which, boundaries, communes, as_of, lang):
        return Case(data[which], communes, as_of, boundaries, lang)

    return cache(case)


def label(choice):
    which, boundaries, communes, as_of, lang = choice
    return f"{which}-{boundaries}-{'+'.join(communes) or 'everything'}-{as_of}-{lang}"


@pytest.fixture(params=CHOICES, ids=label)
def case(request, case_of):
    return case_of(*request.param)


@pytest.fixture(params=[choice for choice in CHOICES if choice[3] > DATES[0]], ids=label)
def later(request, case_of):
    """A case that has a date before."""
    return case_of(*request.param)


def day(iso):
    return "/".join(reversed(iso.split("-")))


def numbers(sentence):
    return sorted(re.findall(r"\d{2}/\d{2}/\d{4}|\d+(?:[.,]\d+)*%?", sentence))


def without(sentence, names):
    """The sentence without those of the names that it holds in their order, and which they are."""
    rest, place, found = sentence, 0, []
    for name in names:
        match = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)").search(rest, place)
        if match:
            rest = rest[: match.start()] + rest[match.end() :]
            place = match.start()
            found.append(name)
    return rest, found


def is_change(case, said, gained, lost, unknown, *, named=True):
    """Whether a change is told rightly: how many, the first by name in their order, how many more."""
    sentence, sentences = said
    rest, found = without(sentence, [*gained, *lost] if named else [])
    came = [name for name in found if name in gained]
    went = [name for name in found if name in lost]
    assert (came, went) == (gained[: len(came)], lost[: len(went)])
    assert max(len(came), len(went)) <= 5
    expected = [day(case.before)] * sentences
    for names, shown in ((gained, came), (lost, went)):
        expected += [case.number(len(names))] if names else []
        expected += [case.number(len(names) - len(shown))] if 0 < len(shown) < len(names) else []
    expected += [case.number(unknown)] if unknown else []
    assert numbers(rest) == sorted(expected)


def ends(entries, last=False):
    values = [Fraction(part, whole or 1) for _, part, whole in entries]
    wanted = (min if last else max)(values)
    return [entry for entry, value in zip(entries, values, strict=True) if value == wanted]


def is_standing(case, sentence, entries):
    """Whether first and last are told rightly, ties by name up to three, all alike together."""
    high, low = ends(entries), ends(entries, last=True)
    if len(high) == len(entries):
        expected, names = [case.number(len(entries)), *together(case, entries)], []
    else:
        few = 3 if all(name in sentence for end in (high, low) if len(end) <= 3 for name, *_ in end) else 1
        expected, names = [], []
        for end in (high, low):
            if len(end) > few:
                expected += [case.number(len(end)), *together(case, end)]
            else:
                names += [name for name, *_ in end]
                expected += of_named(case, end)
    rest, found = without(sentence, names)
    assert found == names
    assert numbers(rest) == sorted(expected)


def together(case, entries):
    if entries[0][2] is None:
        return [case.number(entries[0][1])]
    part, whole = sum(entry[1] for entry in entries), sum(entry[2] for entry in entries)
    return [case.number(part), case.number(whole), case.share(part, whole)]


def of_named(case, entries):
    if entries[0][2] is None:
        return [case.number(entries[0][1])]
    counts = [case.number(value) for _, part, whole in entries for value in (part, whole)]
    return [*counts, case.share(*entries[0][1:])]


def by_area(case, entry_of):
    """What `entry_of` gives for every commune with villages: part, and the whole (None for a count); and by
    name those that it gives nothing for, as not all is reported there."""
    found = [(case.commune_name(area), entry_of(area)) for area in case.areas]
    return [(name, *entry) for name, entry in found if entry], [name for name, entry in found if not entry]


def of_area(case, area):
    return [village for village in case.villages if village.area == area]


def checked_standing(case, sentences, entries, left_out=()):
    """The sentence on the first and the last of those that report all, and behind it who is left out."""
    assert len(sentences) == (len(entries) > 1)
    if sentences:
        is_standing(case, without_left_out(case, sentences[0], left_out), entries)


def without_left_out(case, said, left_out):
    """The sentence before the one on who is not ranked, which must be there where anybody is left out."""
    last = case.not_ranked(list(left_out))
    if not last:
        assert not any(said.count(start) for start in starts_of_not_ranked(case)), said
        return said
    assert said.endswith(f" {last}"), said
    return said.removesuffix(f" {last}")


def starts_of_not_ranked(case):
    keys = {"takeaway.not_ranked": {"names": "|"}, "takeaway.not_ranked_many": {"n": 4}}
    return [re.split(r"[|4]", case.words(key, **values))[0] for key, values in keys.items()]


def test_takeaways_are_short_whole_sentences(case):
    for exhibit in exhibits.every(case.data, case.selection):
        assert len(exhibit.takeaways) <= 3, exhibit.id
        for said in exhibit.takeaways:
            assert said.endswith("."), said
            assert len(before_the_left_out(case, said)) <= MOST_LETTERS, said
            assert not re.search(
                r"\bNone\b|\bnan\b|<NA>|[{}]|\.\.|  |chưa có số liệu|no data|: [;.]", said
            ), said
            assert said in exhibit.alt or exhibit.chart is None, said
            # What was gained and lost is named, after the headline has counted it.
            assert exhibit.headline not in said or exhibit.id.startswith("changes.")
        assert len(set(exhibit.takeaways)) == len(exhibit.takeaways)


def before_the_left_out(case, said):
    """A takeaway without the sentence of its own that names who is not ranked."""
    for start in starts_of_not_ranked(case):
        said = said.partition(f" {start}")[0]
    return said


def test_takeaways_claim_no_causes(case):
    because = re.compile(
        r"\b(vì|bởi|nhờ|nguyên nhân|dẫn đến|because|due to|thanks to|led to)\b", re.IGNORECASE
    )
    said = [said for exhibit in exhibits.every(case.data, case.selection) for said in exhibit.takeaways]
    assert [sentence for sentence in said if because.search(sentence)] == []


def test_communes_that_lead_and_lag_in_overlap(case):
    """The share is that of the policy, as in the headline: village head = Front head alone is not in it."""

    def policy(area):
        villages = of_area(case, area)
        some = [any(case.same(case.as_of, v, pair) for pair in (THREE[:2], THREE[::2])) for v in villages]
        told = [one or case.all_told(case.as_of, v, THREE) for v, one in zip(villages, some, strict=True)]
        return (sum(some), len(villages)) if all(told) else None

    checked_standing(case, case.standing("overlap.by_commune"), *by_area(case, policy))


def test_villages_that_changed_in_overlap(later):
    gained, lost, unknown, compared = later.changes(later.overlap)
    said = later.changed("overlap.by_commune")
    assert bool(said[1]) == bool(compared)
    if compared:
        names = [[later.village(*each) for each in part] for part in (gained, lost)]
        is_change(later, said, *names, unknown)


def test_kinds_of_overlap(case):
    kinds = Counter(case.kind_of_overlap(case.as_of, village) for village in case.villages)
    del kinds["none"]
    silent = [village for village in case.villages if case.overlap(case.as_of, village) is None]
    sentences = case.standing("overlap.combinations")
    assert len(sentences) == (kinds.total() > 1 and not silent)
    if sentences:
        most = [kind for kind, villages in kinds.items() if villages == max(kinds.values())]
        names = [case.words(f"overlap.combination.{kind}") for kind in most]
        assert all(f"“{name}”" in sentences[0] for name in names)
        entries = [(name, max(kinds.values()), kinds.total()) for name in names]
        assert numbers(sentences[0]) == sorted(of_named(case, entries))


def test_kinds_of_overlap_that_changed(later):
    told = [
        v for v in later.villages if all(later.all_told(d, v, THREE) for d in (later.before, later.as_of))
    ]
    then, now = (
        Counter(later.kind_of_overlap(date, village) for village in told)
        for date in (later.before, later.as_of)
    )
    moved = [kind for kind in {*then, *now} - {"none"} if then[kind] != now[kind]]
    sentence, sentences = later.changed("overlap.combinations")
    assert bool(sentences) == bool(moved)
    if moved:
        assert all(f"“{later.words(f'overlap.combination.{kind}')}”" in sentence for kind in moved)
        expected = [later.number(count[kind]) for kind in moved for count in (then, now)]
        expected += [later.number(len(told))] if len(told) < len(later.villages) else []
        assert numbers(sentence) == sorted([day(later.before), *expected])


def test_villages_that_are_ready(case):
    def ready(area):
        villages = of_area(case, area)
        heads = [v for v in villages if case.member(case.as_of, v, "village_head")]
        told = all(case.all_told(case.as_of, v, THREE[:2]) for v in villages)
        return (sum(not case.same(case.as_of, v, THREE[:2]) for v in heads), None) if told else None

    checked_standing(case, case.standing("overlap.pool"), *by_area(case, ready))


def test_villages_that_became_ready(later):
    gained, lost, unknown, _ = later.changes(later.ready)
    said = later.changed("overlap.pool")
    assert bool(said[1]) == bool(gained or lost)
    if gained or lost:
        is_change(later, said, *([later.village(*each) for each in part] for part in (gained, lost)), unknown)


def test_posts_that_became_vacant(later):
    gained, lost, unknown, _ = later.changes(later.vacant, *schema.POSITIONS)
    said = later.changed("overlap.matrix")
    assert bool(said[1]) == bool(gained or lost)
    if gained or lost:
        is_change(later, said, *([later.village(*each) for each in part] for part in (gained, lost)), unknown)


def test_posts_with_most_and_fewest_members(case):
    entries, left_out = [], []
    for position in schema.POSITIONS[1:]:
        name = case.words(f"code.position_inside.{position}")
        part, whole = case.count(f"member_share:{position}", case.as_of)
        if case.unreported(f"member_share:{position}", case.as_of):
            left_out += [name] if whole else []
        elif whole:
            entries.append((name, part, whole))
    checked_standing(case, case.standing("overlap.post_states"), entries, left_out)


def test_posts_that_changed(later):
    expected = []
    for tell in (later.member, later.vacant):
        gained, lost, unknown, _ = later.changes(tell, *schema.POSITIONS)
        expected += [later.number(len(part)) for part in (gained, lost) if part]
    sentence, sentences = later.changed("overlap.post_states")
    assert bool(sentences) == bool(expected)
    if expected:
        expected += [later.number(unknown)] if unknown else []
        assert numbers(sentence) == sorted([day(later.before), *expected])


def test_goals_nearest_to_and_farthest_from_their_target(case):
    goals = case.data.goals.to_dict("records")
    lacking = {goal[f"name_{case.lang}"]: case.needed(goal, case.as_of) for goal in goals}
    lacking = {name: lack for name, lack in lacking.items() if lack}
    # Which goal is the nearest is not known where a status could change.
    if not all(is_certain(case, goal) for goal in goals):
        lacking = {}
    sentences = case.standing("goals.progress")
    bounds = sorted(set(lacking.values()) & {min(lacking.values()), max(lacking.values())}) if lacking else []
    assert len(sentences) == len(bounds)
    for sentence, lack in zip(sentences, bounds, strict=True):
        names = [f"“{name}”" for name, needed in lacking.items() if needed == lack]
        by_name = all(name in sentence for name in names)
        assert by_name or len(names) > 1
        assert numbers(sentence) == sorted([str(lack), *([] if by_name else [str(len(names))])])


def is_certain(case, goal, area=None):
    """Whether the status is the same whatever is not reported; of a goal without a target the way it goes."""
    if not pd.isna(goal["target"]):
        return case.certain(goal, case.as_of, area)
    return case.before is None or len(case.compare(goal["measure"], area).ways) == 1


def test_goals_that_changed_most(later):
    moves = {}
    for goal in later.data.goals.to_dict("records"):
        compared = later.compare(goal["measure"])
        if compared.compared:
            moves[goal[f"name_{later.lang}"]] = compared
    most = max((abs(one.gained) for one in moves.values()), default=0)
    names = [name for name, one in moves.items() if abs(one.gained) == most and most]
    sentence, sentences = later.changed("goals.progress")
    assert bool(sentences) == bool(moves)
    if not moves:
        return
    complete = len(moves) == len(later.data.goals) and not any(one.unknown for one in moves.values())
    key = f"goals.progress.{'most_changed' if names else 'unchanged'}{'' if complete else '_known'}"
    assert later.words(key, goals="|").rstrip("|") in sentence
    assert complete or later.words(key.removesuffix("_known"), goals="|").rstrip("|") not in sentence
    shown = [name for name in names if f"“{name}”" in sentence]
    assert shown == names or (not shown and len(names) > 1)
    expected = [number for name in shown for number in of_move(later, moves[name])]
    expected += [str(len(names)), str(most)] if names and not shown else []
    briefly = [str(most)] * len(shown)  # where that gets too long
    assert numbers(sentence) in [sorted([day(later.before), *one]) for one in (expected, briefly or expected)]


def of_move(case, compared):
    """The numbers of a goal that changed: each date as it is, the change over what both of them report, and
    how many posts or villages cannot be compared."""
    ends = [case.number(n) for end in compared.ends for n in (end if end[1] else ())]
    changed = [str(abs(compared.gained))] if compared.gained else []
    return [*ends, *changed, *([str(compared.unknown)] if compared.unknown else [])]


def test_communes_that_lead_and_lag_in_a_goal(case, subtests):
    for goal_id in GOALS:
        with subtests.test(goal_id):
            check_lead_and_lag(case, goal_id)


def check_lead_and_lag(case, goal_id):
    goal = case.data.goals.set_index("goal_id").loc[goal_id]

    def of(area):
        part, whole = case.goal(goal, case.as_of, area)
        return None if case.unreported(goal["measure"], case.as_of, area) or not whole else (part, whole)

    entries, left_out = by_area(case, of)
    # Those that report nothing at all are named last.
    silent = [case.commune_name(area) for area in case.areas if not case.goal(goal, case.as_of, area)[1]]
    left_out = [*(name for name in left_out if name not in silent), *silent]
    checked_standing(case, case.standing("goals.by_commune", goal_id), entries, left_out)


def test_communes_that_newly_meet_a_goal(later, subtests):
    for goal_id in GOALS:
        with subtests.test(goal_id):
            check_newly_meet(later, goal_id)


def check_newly_meet(later, goal_id):
    goal = later.data.goals.set_index("goal_id").loc[goal_id]
    gained, lost, unknown = [], [], 0
    for area in later.areas:
        way = way_of(later, goal, area)
        if way is None:
            unknown += 1
        elif way:
            (gained if way > 0 else lost).append(later.commune_name(area))
    said = later.changed("goals.by_commune", goal_id)
    quiet = len(later.areas) == 1 and (pd.isna(goal["target"]) or not gained + lost)
    assert bool(said[1]) == (unknown < len(later.areas) and not quiet)
    if said[1]:
        is_change(later, said, gained, lost, unknown)


def way_of(case, goal, area):
    """Whether a commune newly meets a goal (1) or no longer does (-1), without a target whether it rises or
    falls; None where that is not certain, whatever is not reported at either date."""
    if pd.isna(goal["target"]):
        compared = case.compare(goal["measure"], area)
        return compared.way if compared.compared and len(compared.ways) == 1 else None
    dates = (case.before, case.as_of)
    if not all(case.goal(goal, date, area)[1] and case.certain(goal, date, area) for date in dates):
        return None
    then, now = (case.needed(goal, date, area) == 0 for date in dates)
    return now - then


def test_what_moved_a_goal_since_the_date_before(later, subtests):
    for goal_id in GOALS:
        with subtests.test(goal_id):
            check_what_moved(later, goal_id)


def check_what_moved(later, goal_id):
    goal = later.data.goals.set_index("goal_id").loc[goal_id]
    family, _, parts = goal["measure"].partition(":")
    positions = parts.split("+")
    if family == "overlap_share":
        found = later.changes(lambda date, village: later.pair(date, village, positions))
    else:
        found = later.changes(later.member, *positions)
    gained, lost, unknown, compared = found
    said = later.changed("goals.path", goal_id)
    assert bool(said[1]) == bool(compared)
    if compared:
        named = [
            [later.village(*(each if len(positions) > 1 else each[:1])) for each in part]
            for part in (gained, lost)
        ]
        is_change(later, said, *named, unknown)
    measure = goal["measure"]
    now, then = (
        (later.goal(goal, date), later.beside(measure, date)) for date in (later.as_of, later.before)
    )
    standing = later.standing("goals.path", goal_id)
    known = sum(later.goal(goal, date)[1] > 0 for date in DATES if date <= later.as_of)
    assert bool(standing) == (known > 2 and now[0][1] > 0 and then[0][1] > 0 and now != then)
    if standing:
        beside = [later.vacancies(measure, later.before), later.unreported(measure, later.before)]
        expected = [day(later.before), *map(later.number, then[0]), later.share(*then[0])]
        assert numbers(standing[0]) == sorted([*expected, *(str(n) for n in beside if n)])


def test_communes_that_need_most_changes(case):
    rows = measures.gap.by_commune(case.data, case.selection).dropna()
    changes = {area: int(n) for area, n in zip(rows["area"], rows["changes"], strict=True)}
    measure = f"member_share:{'+'.join(schema.POSITIONS[1:])}"
    silent = {area for area in changes if case.unreported(measure, case.as_of, area)}
    entries = [(case.commune_name(area), n, None) for area, n in changes.items() if area not in silent]
    if not any(changes.values()):
        entries = []
    left_out = [case.commune_name(area) for area in changes if area in silent]
    checked_standing(case, case.standing("goals.gap"), entries, left_out)


def known(entries):
    return [(name, members, None) for name, members in entries if members is not None]


def test_organizations_with_most_and_fewest_members(case):
    one_commune = len(case.communes) == 1 and case.communes != ("outside",)
    levels = ("cell", "subcell") if one_commune else ("committee",)
    entries = known(case.organizations(case.as_of, *levels))
    checked_standing(case, case.standing("structure.organizations"), entries)
    cells = known(case.organizations(case.as_of, "cell"))
    checked_standing(case, case.standing("structure.cells"), cells)


def test_members_and_admissions_by_commune(case):
    members, _ = by_area(case, lambda area: (case.figure("members", case.as_of, area), None))
    admitted, _ = by_area(case, lambda area: (case.figure("admitted", case.as_of, area), None))
    sentences = case.standing("structure.by_commune")
    if len(members) < 2:
        assert sentences == []
        return
    *fewest, leading = sentences
    is_standing(case, leading, admitted)
    low = ends(members, last=True)
    assert len(fewest) == (len(low) < len(members))
    if fewest:
        names = [name for name, *_ in low] if len(low) <= 3 else []
        rest, found = without(fewest[0], names)
        assert found == names
        assert numbers(rest) == sorted([str(low[0][1]), *([] if names else [str(len(low))])])


def test_communes_that_grew_and_shrank(later):
    moves, _ = by_area(
        later,
        lambda area: (
            later.figure("members", later.before, area),
            later.figure("members", later.as_of, area),
        ),
    )
    sentence, sentences = later.changed("structure.by_commune")
    assert bool(sentences) == (len(moves) > 1)
    if not sentences:
        return
    changes = [now - then for _, then, now in moves]
    groups = []
    for change in [max(changes)] * (max(changes) > 0) + [min(changes)] * (min(changes) < 0):
        group = [move for move, by in zip(moves, changes, strict=True) if by == change]
        groups.append((change, group))
    few = 3 if all(name in sentence for _, group in groups if len(group) <= 3 for name, *_ in group) else 1
    names, expected = [], [day(later.before)]
    for change, group in groups:
        if len(group) <= few:
            names += [name for name, *_ in group]
            expected += [later.number(count) for _, *counts in group for count in counts]
        else:
            expected += [str(len(group)), str(abs(change))]
    rest, found = without(sentence, names)
    assert found == names
    assert numbers(rest) == sorted(expected)


@pytest.mark.parametrize("name", ["members", "admitted"])
def test_the_whole_period(case, name):
    values = {date: case.figure(name, date) for date in DATES if date <= case.as_of}
    sentences = case.said(f"structure.{name}_over_time")
    if len(values) < 3:
        assert sentences == []
        return
    first, last = values[DATES[0]], values[case.as_of]
    expected = [day(DATES[0]), day(case.as_of)]
    expected += [case.number(n) for n in ((abs(last - first), first, last) if last != first else (last,))]
    assert numbers(sentences[0]) == sorted(expected)
    steps = [b - a for a, b in pairwise(values.values())]
    steady = min(steps) > 0 or max(steps) < 0
    assert (
        case.words("structure.steady.up" if last > first else "structure.steady.down") in sentences[0]
    ) == steady
    high, low = max(values.values()), min(values.values())
    assert len(sentences) == (1 if steady or high == low else 2)
    for sentence in sentences[1:]:
        at = [day(date) for date, value in values.items() if value in (high, low)]
        assert numbers(sentence) == sorted([case.number(high), case.number(low), *at])


def test_key_figures_that_changed(later):
    figures = {
        "grassroots": [
            len(later.organizations(date, "committee", "cell")) for date in (later.before, later.as_of)
        ],
        "subcells": [len(later.organizations(date, "subcell")) for date in (later.before, later.as_of)],
        **{
            n: [later.figure(n, date) for date in (later.before, later.as_of)]
            for n in ("members", "admitted")
        },
    }
    moved = {name: counts for name, counts in figures.items() if counts[0] != counts[1]}
    (said,) = later.said("overview.key_figures")
    names = {name: re.escape(later.words(f"overview.figure.{name}")) for name in figures}
    assert [name for name in figures if re.search(f"[,;] {names[name]} ", said)] == list(moved)
    expected = [later.number(count) for counts in moved.values() for count in counts]
    assert numbers(said) == sorted([day(later.before), *expected])
