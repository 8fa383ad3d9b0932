"""What changed between any two dates: every number and every name counted again from the rows."""

from dataclasses import dataclass
from itertools import combinations

import pytest
from plain_changes import THREE, Plain

from dashboard import exhibits, schema, text
from dashboard.dataset import select

THEN = ["khe-tre", "huong-phu", "huong-son", "huong-loc", "thuong-quang", "huong-xuan", "huong-huu"]
THEN += ["thuong-lo", "thuong-long", "thuong-nhat"]
NOW = ["khe-tre-2025", "nam-dong", "long-quang"]
AREAS = [
    *(("then", communes) for communes in ((), *((commune,) for commune in THEN))),
    *(("then", communes) for communes in (("khe-tre", "huong-son"), ("huong-son", "outside"))),
    *(("now", communes) for communes in ((), *((commune,) for commune in NOW))),
]
DATES = ["2021-12-31", "2022-12-31", "2023-12-31", "2024-12-31"]
# Every area with every pair of dates, in either language in turn; everything in both.
CHOICES = [
    (boundaries, communes, since, as_of, lang)
    for i, (boundaries, communes) in enumerate(AREAS)
    for j, (since, as_of) in enumerate(combinations(DATES, 2))
    for k, lang in enumerate(text.LANGUAGES)
    if not communes or (i + j) % 2 == k
]
PAIRS = [("secretary", "village_head"), ("secretary", "front_head"), ("village_head", "front_head")]
MOST_LETTERS, MOST_NAMES = 200, 5
TIED = 3


@dataclass
class Case(Plain):
    """One selection with an earlier date; what is said is built from plain counts with the words."""

    since: str = ""

    @property
    def before(self):
        return self.since

    @property
    def words(self):
        return text.get(self.lang)

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

    def changed(self, kind, gained, lost, unknown):
        """The sentences since the earlier date: one, or one each for what came and went."""
        noun = "posts" if kind in ("member", "vacant") else "villages"
        last = [self.words(f"takeaway.{noun}.unknown", n=unknown)] if unknown else []

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

    def told(self, positions, area=None):
        """Posts that tell at both dates: (earlier, later), each (holder, member)."""
        pairs = [
            tuple(self.post(date, village, position) for date in (self.since, self.as_of))
            for village in self.villages
            for position in positions
            if area in (None, village.area)
        ]
        return [pair for pair in pairs if all(pair)]

    def counts(self, positions, area=None):
        """(members, filled) at the earlier date and at the later."""
        told = self.told(positions, area)
        return tuple(
            (sum(post[side][1] for post in told), sum(post[side][0] != "" for post in told))
            for side in (0, 1)
        )

    def pair_counts(self, positions, area=None):
        told = [
            village
            for village in self.villages
            if area in (None, village.area)
            if all(self.all_told(date, village, positions) for date in (self.since, self.as_of))
        ]
        return tuple(
            (sum(self.same(date, village, positions) for village in told), len(told))
            for date in (self.since, self.as_of)
        )

    def of_goal(self, goal, area=None):
        family, _, parts = goal["measure"].partition(":")
        count = self.counts if family == "member_share" else self.pair_counts
        return count(parts.split("+"), area)

    def says(self, before, now):
        if not before[-1] or not now[-1]:
            return self.words("changes.not_comparable")
        then, later = ("/".join(self.words.number(n) for n in side) for side in (before, now))
        change = self.words.change(now[0] - before[0])
        return self.words("changes.change", then=then, now=later, change=change)

    def moved(self, name, before, now):
        return self.words(f"takeaway.{'up' if now > before else 'down'}", name=name, before=before, now=now)

    def extremes(self, key, changed):
        """The largest gain and the largest loss, ties together."""
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
        return said


def shortest(sentences):
    sentences = list(sentences)
    return next((said for said in sentences if len(said) <= MOST_LETTERS), sentences[-1])


@pytest.fixture(params=CHOICES, ids=lambda choice: "-".join(map(str, choice)))
def case(request, bundled):
    boundaries, communes, since, as_of, lang = request.param
    return Case(bundled, communes, as_of, boundaries, lang, since)


def test_the_posts(case):
    found = case.build("by_post")
    gained, lost, unknown = case.named(case.member, *schema.POSITIONS)
    ratios = [case.words.ratio(*side) for side in case.counts(schema.POSITIONS)]
    said = "; ".join(case.clauses("member", gained, lost))
    assert found.headline == case.dated("by_post.headline", said=said, then=ratios[0], now=ratios[1])
    rows = [case.says(*case.counts([position])) for position in schema.POSITIONS]
    assert found.plot.frame["says"].tolist() == rows
    silent = case.words("changes.silent_posts", n=unknown)
    assert (silent in found.notes) == bool(unknown)


def test_the_posts_that_changed_most_and_the_vacant_ones(case):
    counts = {position: case.counts([position]) for position in schema.POSITIONS}
    change = {position: abs(now[0] - then[0]) for position, (then, now) in counts.items()}
    most = max(change.values())
    group = [position for position in schema.POSITIONS if change[position] == most]
    names = case.words.series(
        [
            case.moved(case.words(f"code.position_inside.{one}"), counts[one][0][0], counts[one][1][0])
            for one in group
        ]
    )
    many = case.words("changes.by_post.each", posts=case.words("changes.posts", n=len(group)), n=most)
    said = [case.words("changes.by_post.most", names=which) for which in (names, many)]
    expected = [shortest(said if len(group) <= TIED else said[1:])] if most else []
    gained, lost, unknown = case.named(case.vacant, *schema.POSITIONS)
    expected += case.changed("vacant", gained, lost, unknown) if gained or lost else []
    assert list(case.build("by_post").takeaways) == expected


def test_the_pairs_of_posts(case):
    found = case.build("overlap")
    gained, lost, unknown = case.named(case.overlap)
    assert found.headline == case.dated("from_to", said="; ".join(case.clauses("overlap", gained, lost)))
    assert found.plot.frame["says"].tolist() == [case.says(*case.pair_counts(pair)) for pair in PAIRS]
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
    some = posts[0] + posts[1] + overlap[0] + overlap[1]
    said = [*case.clauses("member", *posts[:2]), *case.clauses("overlap", *overlap[:2])]
    expected = case.dated("from_to", said="; ".join(said)) if some else case.dated("villages.none")
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
    assert found.plot.frame["says"].tolist() == [case.says((row[1],), (row[2],)) for row in counts]
    assert list(found.takeaways) == case.extremes("members", counts)


def test_every_goal_in_the_communes(case):
    for goal in case.data.goals.to_dict("records"):
        found = case.build("by_commune", goal["goal_id"])
        sides = {area: case.of_goal(goal, area) for area in case.areas}
        then, now = (case.words.ratio(*side) for side in case.of_goal(goal))
        name = goal[f"name_{case.lang}"]
        headline = case.dated("by_commune.headline", goal=name, then=then, now=now)
        ways = [
            (now[0] * then[1] > then[0] * now[1]) - (now[0] * then[1] < then[0] * now[1])
            for then, now in sides.values()
        ]
        if len(sides) > 1:
            headline += case.words(
                "changes.by_commune.communes", up=ways.count(1), down=ways.count(-1), same=ways.count(0)
            )
        assert found.headline == headline
        assert found.plot.frame["says"].tolist() == [case.says(*side) for side in sides.values()]
        counts = [(case.commune_name(area), side[0][0], side[1][0]) for area, side in sides.items()]
        said = [*named_of_goal(case, goal["measure"]), *case.extremes("by_commune", counts)]
        assert list(found.takeaways) == said[:3]


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
        (before, _), (after, _) = case.of_goal(goal)
        years_left = int(goal["deadline"][:4]) - int(case.as_of[:4])
        needed = case.needed(goal, case.as_of)
        units = [words("goals.unit.posts", n=n) for n in (abs(after - before), needed)]
        time = words("changes.pace.years", n=years_past)
        if after == before:
            past = words("changes.pace.unchanged", time=time)
        else:
            said = words(f"changes.pace.{'gained' if after > before else 'lost'}", units=units[0])
            past = words(
                "changes.pace.so_far", said=said, time=time, each=rate(words, after - before, years_past)
            )
        key = "wanted_years" if years_left > 1 and needed >= years_left else "wanted"
        wanted = words(
            f"changes.pace.{key}",
            target=words("goals.target.more_than", target="80%"),
            needed=units[1],
            time=words("changes.pace.years", n=years_left),
            deadline=words.date(goal["deadline"]),
            n=-(-needed // years_left),
        )
        expected.append(
            words(
                f"changes.pace.{'open' if needed else 'met'}",
                goal=goal[f"name_{case.lang}"],
                now=words.ratio(*case.goal(goal, case.as_of)),
                past=past,
                wanted=wanted,
            )
        )
        if needed:
            faster.append(needed * years_past > (after - before) * years_left)
    found = case.build("pace")
    assert list(found.sentences) == expected
    if faster:
        assert found.headline == words(
            "changes.pace.faster", place=case.place, faster=sum(faster), all=len(faster)
        )


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
