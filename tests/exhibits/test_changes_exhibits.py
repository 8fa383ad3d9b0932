"""What changed between any two dates: every number and every name counted again from the rows."""

from dataclasses import dataclass
from itertools import combinations

import pytest
from plain_changes import THREE, Compared, Plain, load_with_gaps

from dashboard import exhibits, schema, text
from dashboard.dataset import default_folder, select
from dashboard.exhibits.goals import wording as goal_wording

THEN = ["khe-tre", "huong-phu", "huong-son", "huong-loc", "thuong-quang", "huong-xuan", "huong-huu"]
THEN += ["thuong-lo", "thuong-long", "thuong-nhat"]
NOW = ["khe-tre-2025", "nam-dong", "long-quang"]
# A commune with an unreported post at one date or at several, one without, several, and the district bodies.
AREAS = [
    *(
        ("then", communes)
        for communes in ((), ("khe-tre",), ("huong-huu",), ("thuong-long",), ("huong-son",))
    ),
    *(("then", communes) for communes in (("khe-tre", "huong-son"), ("huong-son", "outside"))),
    *(("now", communes) for communes in ((), *((commune,) for commune in NOW))),
]
DATES = ["2021-12-31", "2022-12-31", "2023-12-31", "2024-12-31"]
SOME = [tuple(DATES[2:]), tuple(DATES[:2]), tuple(DATES[::3])]
# Everything with every pair of dates, every other area with one pair, the languages in turn; more of them run
# no other line of the exhibits, with no other words.
BUNDLED = [
    ("bundled", "then", (), since, as_of, text.LANGUAGES[n % 2])
    for n, (since, as_of) in enumerate(combinations(DATES, 2))
]
BUNDLED += [
    ("bundled", *area, *SOME[n % 3], text.LANGUAGES[(n // 3 + 1) % 2]) for n, area in enumerate(AREAS[1:])
]
BUNDLED += [
    ("bundled", "then", ("huong-son",), *SOME[1], "en"),
    ("bundled", "now", ("nam-dong",), *SOME[1], "vi"),
]
# The same with whole communes and single posts unreported; everything with both pairs in both languages.
PAIRS_WITH_GAPS = [DATES[2:], DATES[1:3]]
WITH_GAPS = [("with_gaps", "then", (), *pair, lang) for pair in PAIRS_WITH_GAPS for lang in text.LANGUAGES]
AREAS_WITH_GAPS = [area for area in AREAS if "outside" not in area[1]]
AREAS_WITH_GAPS += [("then", ("huong-phu", "huong-loc", "huong-son"))]
WITH_GAPS += [
    ("with_gaps", *area, *PAIRS_WITH_GAPS[n // 2 % 2], text.LANGUAGES[(n + n // 2 + 1) % 2])
    for n, area in enumerate(AREAS_WITH_GAPS[1:])
]
CHOICES = BUNDLED + WITH_GAPS
PAIRS = [("secretary", "village_head"), ("secretary", "front_head"), ("village_head", "front_head")]
MOST_LETTERS, MOST_NAMES = 200, 5
TIED, MOST_TAKEAWAYS = 3, 3


@dataclass
class Case(Plain):
    """One selection with an earlier date; what is said is built from plain counts with the words."""

    since: str = ""

    @property
    def before(self):
        return self.since

    def build(self, name, *of):
        selection = select(self.data, self.communes, self.as_of, self.boundaries, self.lang, since=self.since)
        return getattr(exhibits.changes, name)(self.data, selection, *of)

    def dated(self, key, **values):
        date = self.words.date
        return self.words(f"changes.{key}", since=date(self.since), date=date(self.as_of), **values)

    @property
    def place(self):
        return select(self.data, self.communes, self.as_of, self.boundaries, self.lang).place(self.data)

    def name(self, village, position=None):
        said = village.name
        if position:
            key = village.kind if position == "village_head" else position
            said = self.words("takeaway.post", post=self.words(f"takeaway.position.{key}"), village=said)
        if self.communes == (village.commune,):
            return said
        return self.words("takeaway.in_commune", name=said, commune=self.commune_name(village.commune))

    def clauses(self, kind, gained, lost, few=0):
        """What came and what went, with up to `few` names each."""
        noun = "posts" if kind in ("member", "vacant") else "villages"
        said = []
        for way, found in (("gained", gained), ("less" if gained else "lost", lost)):
            if not found:
                continue
            names = found[:few]
            if few and len(found) > few:
                names = [*names, self.words(f"takeaway.{noun}.others", n=len(found) - few)]
            clause = self.words(f"takeaway.{kind}.{way}", n=len(found))
            said.append(f"{clause}: {self.words.series(names)}" if few else clause)
        return said or [self.words(f"takeaway.{kind}.same")]

    def left_out(self, kind, unknown):
        """The clause on what cannot be compared, if anything."""
        noun = "posts" if kind in ("member", "vacant") else "villages"
        return [self.words(f"takeaway.{noun}.unknown", n=unknown)] if unknown else []

    def changed(self, kind, gained, lost, unknown):
        """The sentences since the earlier date: one, or one each for what came and went."""
        last = self.left_out(kind, unknown)

        def since(clauses):
            return self.words("takeaway.since", date=self.words.date(self.since), said="; ".join(clauses))

        whole = since([*self.clauses(kind, gained, lost, MOST_NAMES), *last])
        if len(whole) <= MOST_LETTERS:
            return [whole]
        ways = [way for way in ((gained, []), ([], lost)) if way[0] or way[1]]
        return [
            shortest(
                since([*self.clauses(kind, *way, few), *(last if way is ways[-1] else [])])
                for few in range(MOST_NAMES, -1, -1)
            )
            for way in ways
        ]

    def named(self, tell, *positions, posts=True):
        """Gained and lost by name, and the number that cannot be compared."""
        gained, lost, unknown, compared = self.changes(tell, *positions)
        assert compared
        return *(
            [self.name(one[0], one[1] if posts and len(one) > 1 else None) for one in found]
            for found in (gained, lost)
        ), unknown

    def end(self, part, whole):
        """One date in a chart, without what is not reported: "46/58", "–" where there is nothing to count."""
        return "–" if whole == 0 else "/".join(self.words.number(n) for n in (part, whole) if n is not None)

    def is_drawn(self, chart, expected):
        """Whether each has its row with both dates and the change over what both report, or is folded as it
        did not change; `expected`: compared measures by the names of their rows."""
        rows = {} if chart is None else {row.name: row for row in chart.rows}
        assert chart is not None or not any(one.compared for one in expected.values())
        for name, one in expected.items() if chart is not None else ():
            if name not in rows:
                assert (one.ends[0], one.gained, one.unknown) == (one.ends[1], 0, 0), name
                continue
            row = rows[name]
            ends = [label.partition(" ")[0] for label in (row.before_label, row.now_label)]
            assert ends == [self.end(*end) for end in one.ends], name
            change = self.words.change(one.gained) if one.compared else "–"
            assert row.change.count == change, name
            left_out = self.words("changes.unknown", n=one.unknown) if one.unknown else ""
            assert row.change.unreported == (
                left_out if one.compared else self.words("changes.not_comparable")
            )

    def moved(self, name, before, now):
        return self.words(f"takeaway.{'up' if now > before else 'down'}", name=name, before=before, now=now)

    def extremes(self, key, changed, left_out=(), most_said=2):
        """The largest gain and the largest loss, ties together; behind the last one that is said the communes
        that are not ranked, as not all of them can be compared."""
        said = []
        for way, sign in (("most_up", 1), ("most_down", -1)):
            most = max([sign * (now - before) for _, before, now in changed], default=0)
            if most <= 0 or len(changed) < 2:
                continue
            group = [one for one in changed if sign * (one[2] - one[1]) == most]
            each = self.words("takeaway.each", each=self.words.change(sign * most))
            many = self.words("takeaway.many", many=self.words("takeaway.communes", n=len(group)), each=each)
            names = self.words.series([self.moved(*one) for one in group])
            sentences = [self.words(f"changes.{key}.{way}", names=said) for said in (names, many)]
            said.append(shortest(sentences if len(group) <= TIED else sentences[1:]))
        said = said[:most_said]
        if said and left_out:
            said[-1] += f" {self.not_ranked(left_out)}"
        return said


def shortest(sentences):
    sentences = list(sentences)
    return next((said for said in sentences if len(said) <= MOST_LETTERS), sentences[-1])


def finding(clauses):
    said = "; ".join(clauses)
    return said[:1].upper() + said[1:]


@pytest.fixture(scope="module")
def with_gaps(tmp_path_factory):
    return load_with_gaps(default_folder(), tmp_path_factory.mktemp("gaps"))


def label(choice):
    which, boundaries, communes, since, as_of, lang = choice
    return "-".join((which, boundaries, "+".join(communes) or "everything", since, as_of, lang))


@pytest.fixture(params=CHOICES, ids=label)
def case(request):
    which, boundaries, communes, since, as_of, lang = request.param
    return Case(request.getfixturevalue(which), communes, as_of, boundaries, lang, since)


def member_share(*positions):
    return f"member_share:{'+'.join(positions)}"


def overlap_share(pair):
    return f"overlap_share:{'+'.join(pair)}"


def test_the_posts(case):
    found = case.build("by_post")
    gained, lost, unknown = case.named(case.member, *schema.POSITIONS)
    said = [*case.clauses("member", gained, lost), *case.left_out("member", unknown)]
    assert found.headline == finding(said)
    case.is_drawn(
        found.chart,
        {
            case.words(f"chart.position.{position}"): case.compare(member_share(position))
            for position in schema.POSITIONS
        },
    )
    silent = case.words("changes.silent_posts", n=unknown)
    assert (silent in found.notes) == bool(unknown)


def test_the_table_of_the_posts_has_each_date_as_it_is(case):
    rows = []
    for position in schema.POSITIONS:
        measure = member_share(position)
        dates = (case.since, case.as_of)
        counts = [case.count(measure, date) for date in dates]
        compared = case.compare(measure)
        rows.append(
            [
                case.words(f"code.position.{position}"),
                *(part for part, _ in counts),
                *(whole for _, whole in counts),
                *(case.vacancies(measure, date) for date in dates),
                compared.gained if compared.compared else None,
                compared.unknown,
            ]
        )
    frame = case.build("by_post").table.frame
    assert frame.to_numpy().tolist() == rows
    for position, row in zip(schema.POSITIONS, rows, strict=True):
        silent = [case.unreported(member_share(position), date) for date in (case.since, case.as_of)]
        assert [sum(row[side::2][:2]) for side in (3, 4)] == [len(case.villages) - n for n in silent]


def test_the_posts_that_changed_most_and_the_vacant_ones(case):
    compared = {position: case.compare(member_share(position)) for position in schema.POSITIONS}
    most = max(abs(one.gained) for one in compared.values())
    group = {position: one.ends for position, one in compared.items() if abs(one.gained) == most}
    names = case.words.series(
        [
            case.moved(case.words(f"code.position_inside.{position}"), then[0], now[0])
            for position, (then, now) in group.items()
        ]
    )
    many = case.words("changes.by_post.each", posts=case.words("changes.posts", n=len(group)), n=most)
    said = [case.words("changes.by_post.most", names=which) for which in (names, many)]
    # Which post changed most is known only where all of each can be compared.
    complete = not any(one.unknown for one in compared.values())
    then, now = (case.says(member_share(*schema.POSITIONS), date) for date in (case.since, case.as_of))
    expected = [case.dated("by_post.together", then=then, now=now)]
    expected += [shortest(said if len(group) <= TIED else said[1:])] if most and complete else []
    gained, lost, unknown = case.named(case.vacant, *schema.POSITIONS)
    expected += case.changed("vacant", gained, lost, unknown) if gained or lost else []
    assert list(case.build("by_post").takeaways) == expected


def test_the_pairs_of_posts(case):
    found = case.build("overlap")
    gained, lost, unknown = case.named(case.overlap)
    said = [*case.clauses("overlap", gained, lost), *case.left_out("overlap", unknown)]
    assert found.headline == finding(said)
    compared = {
        case.words(f"changes.pair.{'+'.join(pair)}"): case.compare(overlap_share(pair)) for pair in PAIRS
    }
    case.is_drawn(found.chart, compared)
    silent = max(one.unknown for one in compared.values())
    assert (case.words("changes.silent_pairs", n=silent) in found.notes) == bool(silent)
    expected = case.changed("overlap", gained, lost, unknown) if gained or lost else []
    assert list(found.takeaways) == expected


def test_the_villages_of_every_post_and_pair_by_name(case):
    expected, rows = [], 0
    for position in schema.POSITIONS:
        gained, lost, _ = case.named(case.member, position, posts=False)
        expected.append((case.words(f"code.position.{position}"), "member", gained, lost))
    for pair in PAIRS:
        gained, lost, _ = case.named(lambda date, village, pair=pair: case.pair(date, village, pair))
        expected.append((case.words(f"changes.pair.{'+'.join(pair)}"), "pair", gained, lost))
    rows = sum(len(gained) + len(lost) for _, _, gained, lost in expected)
    sentences = [
        shortest(
            case.words(
                "changes.villages.of", post=post, said="; ".join(case.clauses(kind, gained, lost, few))
            )
            for few in range(MOST_NAMES, -1, -1)
        )
        for post, kind, gained, lost in expected
        if gained or lost
    ]
    found = case.build("villages")
    assert list(found.sentences) == sentences
    assert (0 if found.table is None else len(found.table.frame)) == rows


def test_the_headline_of_the_villages(case):
    posts, overlap = case.named(case.member, *schema.POSITIONS), case.named(case.overlap)
    left_out = [*case.left_out("member", posts[2]), *case.left_out("overlap", overlap[2])]
    pairs = [case.changes(lambda date, village, pair=pair: case.pair(date, village, pair)) for pair in PAIRS]
    if posts[0] + posts[1] or any(gained + lost for gained, lost, *_ in pairs):
        said = [*case.clauses("member", *posts[:2]), *case.clauses("overlap", *overlap[:2]), *left_out]
        expected = finding(said)
    else:
        key = "none_known" if left_out else "none"
        expected = "; ".join([case.dated(f"villages.{key}"), *left_out])
    assert case.build("villages").headline == expected


def test_the_table_of_the_villages_has_every_change_with_both_states(case):
    expected = []
    words = case.words
    for village in case.villages:
        for position in schema.POSITIONS:
            posts = [case.post(date, village, position) for date in (case.since, case.as_of)]
            if all(posts) and posts[0][1] != posts[1][1]:
                states = [
                    "vacant" if not holder else "member" if member else "not_member"
                    for holder, member in posts
                ]
                then, now = (words(f"overlap.state.{state}") for state in states)
                expected.append(
                    (
                        case.commune_name(village.commune),
                        village.name,
                        words(f"code.position.{position}"),
                        words(f"changes.villages.{'gained' if posts[1][1] else 'lost'}"),
                        words("changes.then_now", then=then, now=now),
                    )
                )
    table = case.build("villages").table
    pairs = {words(f"changes.pair.{'+'.join(pair)}") for pair in PAIRS}
    rows = [] if table is None else list(table.frame.itertuples(index=False, name=None))
    assert [row for row in rows if row[2] not in pairs] == expected


def test_the_members_of_the_communes(case):
    found = case.build("members")
    counts = [
        (case.commune_name(area), *(case.figure("members", date, area) for date in (case.since, case.as_of)))
        for area in case.areas
    ]
    then, now = (sum(row[side] for row in counts) for side in (1, 2))
    change = case.words.change(now - then)
    key = "members.headline" if len(counts) > 1 else "members.one"
    assert found.headline == case.dated(
        key, place=case.place, n=len(counts), then=then, now=now, change=change
    ) or (len(counts) == 1 and "outside" in case.communes)
    if "outside" not in case.communes:
        case.is_drawn(
            found.chart,
            {
                name: Compared(((then, None), (now, None)), now - then, compared=1, unknown=0, single=0)
                for name, then, now in counts
            },
        )
    assert list(found.takeaways) == case.extremes("members", counts)


def test_every_goal_in_the_communes(case):
    for goal in case.data.goals.to_dict("records"):
        measure = goal["measure"]
        found = case.build("by_commune", goal["goal_id"])
        whole, sides = case.compare(measure), {area: case.compare(measure, area) for area in case.areas}
        then, now = (case.says_briefly(measure, date) for date in (case.since, case.as_of))
        name = goal_wording.short_names(case.data, case.words)[goal["goal_id"]]
        headline = case.words("changes.by_commune.headline", goal=name, then=then, now=now)
        headline += case.apart(measure, whole) + ways_of(case, list(sides.values()))
        assert found.headline == headline
        names = {area: case.commune_name(area) for area in sides}
        case.is_drawn(found.chart, {names[area]: one for area, one in sides.items()})
        counts = [
            (names[area], one.ends[0][0], one.ends[1][0]) for area, one in sides.items() if not one.unknown
        ]
        left_out = [names[area] for area, one in sides.items() if one.unknown]
        named = named_of_goal(case, measure)
        said = [*named, *case.extremes("by_commune", counts, left_out, MOST_TAKEAWAYS - len(named))]
        assert list(found.takeaways) == said


def ways_of(case, sides):
    """In how many communes it is up, down, unchanged: of those of which all can be compared."""
    ways = [one.way for one in sides if not one.unknown]
    if len(ways) < 2:
        return ""
    key = "communes" if len(ways) == len(sides) else "communes_known"
    counts = {"up": ways.count(1), "down": ways.count(-1), "same": ways.count(0)}
    return case.words(f"changes.by_commune.{key}", n=len(ways), **counts)


def test_the_table_of_a_goal_has_each_date_as_it_is(case):
    for goal in case.data.goals.to_dict("records"):
        frame = case.build("by_commune", goal["goal_id"]).table.frame
        rows = []
        for area in case.areas:
            compared = case.compare(goal["measure"], area)
            ends = [
                cell
                for part, whole in compared.ends
                for cell in ((part, whole, part / whole) if whole else (None, None, None))
            ]
            gained = compared.gained if compared.compared else None
            rows.append([case.commune_name(area), *ends, gained, compared.unknown])
        assert frame.to_numpy().tolist() == rows, goal["goal_id"]


def named_of_goal(case, measure):
    family, _, parts = measure.partition(":")
    positions = parts.split("+")
    if family == "member_share":
        posts = len(positions) > 1
        return case.changed("member", *case.named(case.member, *positions, posts=posts))
    return case.changed("pair", *case.named(lambda date, village: case.pair(date, village, positions)))


def test_the_pace_of_every_goal(case):
    words = case.words
    expected, faster = [], []
    years_past = int(case.as_of[:4]) - int(case.since[:4])
    for goal in case.data.goals.to_dict("records"):
        if not goal["deadline"]:
            continue
        compared = case.compare(goal["measure"])
        years_left = int(goal["deadline"][:4]) - int(case.as_of[:4])
        needed = case.needed(goal, case.as_of)
        units = [words("goals.unit.posts", n=n) for n in (abs(compared.gained), needed)]
        past = past_pace(case, compared, units[0], years_past)
        key = "wanted_years" if years_left > 1 and needed >= years_left else "wanted"
        wanted = words(
            f"changes.pace.{key}",
            target=words("goals.target.more_than", target="80%"),
            needed=units[1],
            time=words("changes.pace.years", n=years_left),
            deadline=words.date(goal["deadline"]),
            n=-(-needed // years_left),
        )
        said = words(
            f"changes.pace.{'open' if needed else 'met'}",
            goal=goal[f"name_{case.lang}"],
            now=case.says(goal["measure"], case.as_of),
            past=past,
            wanted=wanted,
        )
        bound = "" if case.certain(goal, case.as_of) else f" {words('changes.pace.uncertain')}"
        expected.append(said + bound)
        if needed:
            faster.append(needed * years_past > compared.gained * years_left)
    found = case.build("pace")
    assert list(found.sentences) == expected
    if faster:
        assert found.headline == words(
            "changes.pace.faster", place=case.place, faster=sum(faster), all=len(faster)
        )


def past_pace(case, compared, units, years):
    """The pace so far, over the posts that both dates report."""
    words = case.words
    if not compared.compared:
        return words("changes.pace.not_compared")
    time = words("changes.pace.years", n=years)
    if not compared.gained:
        return words(f"changes.pace.unchanged{'_known' if compared.unknown else ''}", time=time)
    said = words(f"changes.pace.{'gained' if compared.gained > 0 else 'lost'}", units=units)
    return words("changes.pace.so_far", said=said, time=time, each=rate(words, compared.gained, years))


def rate(words, gained, years):
    if years == 1:
        return ""
    exact = gained * 10 % years == 0
    decimals = 0 if gained % years == 0 else 1
    sign = "+" if gained > 0 else "−"
    return words(
        f"changes.pace.{'each_year' if exact else 'about_each_year'}",
        rate=sign + words.number(abs(gained) / years, decimals),
    )


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_where_one_date_reports_nothing_nothing_is_compared(with_gaps, lang):
    case = Case(with_gaps, ("huong-phu",), DATES[3], "then", lang, DATES[2])
    assert case.build("by_post").headline == case.dated("by_post.empty")
    assert case.build("overlap").headline == case.words("changes.overlap.empty")
    assert case.build("villages").headline == case.dated("villages.empty")
    for goal in case.data.goals.to_dict("records"):
        found = case.build("by_commune", goal["goal_id"])
        name = goal_wording.short_names(case.data, case.words)[goal["goal_id"]]
        assert found.headline == case.dated("by_commune.empty", goal=name)
        assert found.takeaways == ()
        chosen = [row.change.count for row in found.chart.rows if row.chosen]  # among all the others
        assert chosen == ["–"]
    for found in (case.build("by_post"), case.build("overlap"), case.build("villages")):
        assert found.takeaways == found.sentences == ()
        assert found.chart is None
    names = [goal[f"name_{lang}"] for goal in case.data.goals.to_dict("records") if goal["deadline"]]
    assert list(case.build("pace").sentences) == [
        case.words("changes.pace.no_data", goal=name) for name in names
    ]


def test_the_merged_communes_are_named(case):
    found = case.build("by_post")
    areas = dict.fromkeys(case.areas)
    expected = [
        case.words(
            "changes.merged",
            name=case.commune_name(area),
            since=case.words.date(case.since),
            names=case.words.series([case.commune_name(one) for one in THEN if case.area(one) == area]),
        )
        for area in areas
        if area in NOW
    ]
    end = case.words("changes.merged", name="", since="", names="|").rpartition("|")[2]
    assert [note for note in found.notes if note.endswith(end)] == expected


def test_three_posts_are_those_of_the_page_on_overlap():
    assert {post for pair in PAIRS for post in pair} == set(THREE)


@pytest.mark.parametrize(
    ("lang", "took_in"),
    [("vi", "Xã Ba nhận thêm Xã Một sau ngày 31/12/2023."), ("en", "Ba commune took in Một")],
)
def test_a_commune_that_was_there_before_took_others_in(build, lang, took_in):
    data = build(
        communes="""
        commune_id | name | valid_to | merged_into
        a | Một | 2024-05-31 | c
        c | Ba | |""",
        organizations="""
        as_of | org_id | level | commune_id | members
        2023-12-31 | x | cell | a | 5
        2023-12-31 | y | cell | c | 5
        2024-12-31 | y | cell | c | 10""",
    )
    notes = exhibits.changes.members(data, select(data, lang=lang)).notes
    assert any(took_in in note for note in notes)
