"""Links made by hand and old ones: turned into what the filter reads, or named as unknown."""

import pytest

from dashboard.dataset import areas, link, select

SON, LO = "Xã Hương Sơn", "Xã Thượng Lộ"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        pytest.param([("xa", "huong-son")], [("xa", SON)], id="id"),
        pytest.param([("xa", SON)], [("xa", SON)], id="name"),
        pytest.param([("xa", "Hương Sơn commune")], [("xa", SON)], id="name-of-the-other-language"),
        pytest.param([("xa", "outside")], [("xa", "Khối cơ quan huyện (không thuộc xã)")], id="outside"),
        pytest.param([("ngay", "2023-12-31")], [("ngay", "31/12/2023")], id="iso-date"),
        pytest.param([("ngay", "31/12/2023")], [("ngay", "31/12/2023")], id="date"),
        pytest.param([("muc", "youth_head_member")], [("muc", "Bí thư chi đoàn là đảng viên")], id="goal-id"),
        pytest.param(
            [("muc", "Youth-branch secretaries who are party members")],
            [("muc", "Bí thư chi đoàn là đảng viên")],
            id="goal-of-the-other-language",
        ),
        pytest.param(
            [("lang", "en"), ("xa", SON)], [("lang", "en"), ("xa", "Hương Sơn commune")], id="into-english"
        ),
        pytest.param(
            [("xa", "huong-son"), ("lang", "en")], [("xa", "Hương Sơn commune"), ("lang", "en")], id="order"
        ),
        pytest.param([("xa", "thuong-lo"), ("xa", "huong-son")], [("xa", LO), ("xa", SON)], id="several"),
        pytest.param(
            [("lang", "fr"), ("xa", "huong-son")], [("lang", "fr"), ("xa", SON)], id="unknown-language"
        ),
        pytest.param([], [], id="empty"),
    ],
)
def test_a_link_is_made_canonical(bundled, written, read):
    assert link.canonical(bundled, written) == read


@pytest.mark.parametrize(
    "pair",
    [
        ("xa", "Xã Không Có"),
        ("ngay", "2019-12-31"),
        ("muc", "nothing"),
        ("lang", "fr"),
        ("embed", "true"),
        ("xa", ""),
    ],
)
def test_unknown_values_and_other_parameters_stay(bundled, pair):
    assert link.canonical(bundled, [pair, ("xa", "huong-son")]) == [pair, ("xa", SON)]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_canonical_link_stays_as_it_is(bundled, lang):
    query = [("lang", lang), ("xa", "khe-tre"), ("ngay", "2021-12-31"), ("muc", "front_head_member")]
    once = link.canonical(bundled, query)
    assert link.canonical(bundled, once) == once
    assert link.unknown(bundled, once) == link.Unknown()


def test_names_are_those_of_the_date_in_the_link(build):
    data = build(
        communes="""
            commune_id | name | kind     | valid_from | valid_to   | merged_into
            cu         | Khe  | thi_tran |            | 2024-06-30 | moi
            moi        | Khe  | xa       | 2024-07-01 |            |""",
        organizations="""
            as_of      | org_id | level | commune_id
            2023-12-31 | a      | cell  | cu
            2024-12-31 | a      | cell  | cu""",
    )
    before = [("ngay", "31/12/2023"), ("xa", "cu")]
    assert link.canonical(data, before) == [("ngay", "31/12/2023"), ("xa", "Thị trấn Khe")]
    after = link.canonical(data, [("xa", "cu"), ("xa", "moi")])
    assert after == [("xa", "cu"), ("xa", "Xã Khe")]
    assert link.unknown(data, after).communes == ("cu",)


@pytest.mark.parametrize(
    ("query", "unknown"),
    [
        ([("xa", SON), ("xa", "Xã A"), ("xa", "Xã B")], link.Unknown(communes=("Xã A", "Xã B"))),
        ([("ngay", "31/12/2019")], link.Unknown(as_of=("31/12/2019",))),
        ([("lang", "fr")], link.Unknown(lang=("fr",))),
        ([("muc", "x")], link.Unknown(goal=("x",))),
        ([("embed", "true")], link.Unknown()),
        ([], link.Unknown()),
    ],
)
def test_unknown_values_are_named_apart(bundled, query, unknown):
    assert link.unknown(bundled, query) == unknown


def test_a_data_set_without_dates_or_goals_names_every_value(build):
    query = [("ngay", "31/12/2024"), ("muc", "x"), ("xa", "Xã north")]
    assert link.unknown(build(), query) == link.Unknown(as_of=("31/12/2024",), goal=("x",))


def test_boundaries_in_a_link_decide_the_list_of_communes(bundled):
    written = [("diagioi", "now"), ("xa", "nam-dong")]
    assert link.canonical(bundled, written) == [
        ("diagioi", "Theo xã sau sắp xếp"),
        ("xa", "Xã Nam Đông"),
    ]
    assert link.unknown(bundled, link.canonical(bundled, written)) == link.Unknown()
    assert link.unknown(bundled, [("xa", "Xã Nam Đông")]).communes == ("Xã Nam Đông",)


@pytest.mark.parametrize(
    ("choice", "goal"),
    [
        (((), None, "then", "vi"), None),
        ((("huong-son", "outside"), "2022-12-31", "then", "en"), "youth_head_member"),
        ((("nam-dong",), "2024-12-31", "now", "vi"), None),
    ],
)
def test_a_copied_link_says_every_choice_and_opens_the_same_view(bundled, choice, goal):
    selection = select(bundled, *choice)
    copied = link.written(bundled, selection, goal)
    said = dict(copied)
    assert [value for key, value in copied if key == "xa"] == list(selection.communes)
    assert (said["ngay"], said["diagioi"], said["lang"]) == (selection.as_of, *choice[2:])
    assert said["phienban"] == bundled.about.version
    assert said.get("muc") == goal
    opened = link.canonical(bundled, copied)
    assert link.unknown(bundled, opened) == link.Unknown()
    names = areas.labels(bundled, selection.as_of, selection.boundaries, selection.text)
    assert [value for key, value in opened if key == "xa"] == [names[one] for one in selection.communes]


def test_a_link_from_another_version_is_named(bundled):
    assert link.unknown(bundled, [("phienban", "0000")]) == link.Unknown(version=("0000",))


def test_a_link_to_a_village_names_it_by_its_id(bundled):
    copied = link.written(bundled, select(bundled), village_id="huong-son-2")
    assert dict(copied)["thon"] == "huong-son-2"
    assert dict(link.canonical(bundled, copied))["thon"] == "huong-son-2"
    assert link.unknown(bundled, [("thon", "khong-co")]) == link.Unknown(village=("khong-co",))
