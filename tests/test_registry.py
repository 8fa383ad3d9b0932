"""Links made by hand and old ones: turned into what the filter reads, or named as unknown."""

from pathlib import Path

import pytest

from dashboard import registry, text
from dashboard.dataset import areas, select

ROOT = Path(__file__).parents[1]
SON, LO = "Xã Hương Sơn", "Xã Thượng Lộ"


@pytest.mark.parametrize(
    ("written", "expected"),
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
        pytest.param([("xa", "XÃ HƯƠNG SƠN"), ("xa", "Thuong-Lo")], [("xa", SON), ("xa", LO)], id="any-case"),
        pytest.param([("diagioi", "Hiện nay")], [("diagioi", "Theo xã sau sắp xếp")], id="former-name"),
        pytest.param([], [], id="empty"),
    ],
)
def test_a_link_is_made_canonical(bundled, written, expected):
    assert registry.canonical(bundled, written) == expected


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
    assert registry.canonical(bundled, [pair, ("xa", "huong-son")]) == [pair, ("xa", SON)]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_canonical_link_stays_as_it_is(bundled, lang):
    query = [("lang", lang), ("xa", "khe-tre"), ("ngay", "2021-12-31"), ("muc", "front_head_member")]
    once = registry.canonical(bundled, query)
    assert registry.canonical(bundled, once) == once
    assert registry.unknown_params(bundled, once) == {}


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
    assert registry.canonical(data, before) == [("ngay", "31/12/2023"), ("xa", "Thị trấn Khe")]
    after = registry.canonical(data, [("xa", "cu"), ("xa", "moi")])
    assert after == [("xa", "cu"), ("xa", "Xã Khe")]
    assert registry.unknown_params(data, after).get("xa", ()) == ("cu",)


@pytest.mark.parametrize(
    ("query", "unknown"),
    [
        ([("xa", SON), ("xa", "Xã A"), ("xa", "Xã B")], {"xa": ("Xã A", "Xã B")}),
        ([("ngay", "31/12/2019")], {"ngay": ("31/12/2019",)}),
        ([("lang", "fr")], {"lang": ("fr",)}),
        ([("ngay", "31/12/2022"), ("sosanh", "31/12/2023")], {"sosanh": ("31/12/2023",)}),
        ([("muc", "x")], {"muc": ("x",)}),
        ([("embed", "true")], {}),
        ([], {}),
    ],
)
def test_unknown_values_are_named_apart(bundled, query, unknown):
    assert registry.unknown_params(bundled, query) == unknown


def test_a_data_set_without_dates_or_goals_names_every_value(build):
    query = [("ngay", "31/12/2024"), ("muc", "x"), ("xa", "Xã north")]
    assert registry.unknown_params(build(), query) == {"ngay": ("31/12/2024",), "muc": ("x",)}


def test_boundaries_in_a_link_decide_the_list_of_communes(bundled):
    written = [("diagioi", "now"), ("xa", "nam-dong")]
    assert registry.canonical(bundled, written) == [
        ("diagioi", "Theo xã sau sắp xếp"),
        ("xa", "Xã Nam Đông"),
    ]
    assert registry.unknown_params(bundled, registry.canonical(bundled, written)) == {}
    assert registry.unknown_params(bundled, [("xa", "Xã Nam Đông")]).get("xa", ()) == ("Xã Nam Đông",)


@pytest.mark.parametrize(
    "choice",
    [
        ((), None, "then", "vi"),
        (("huong-son", "outside"), "2022-12-31", "then", "en"),
        (("nam-dong",), "2024-12-31", "now", "vi"),
    ],
)
def test_a_copied_link_says_every_choice_and_opens_the_same_view(bundled, choice):
    selection = select(bundled, *choice)
    copied = registry.written(bundled, selection)
    values = dict(copied)
    assert [value for key, value in copied if key == "xa"] == list(selection.communes)
    assert (values["ngay"], values["diagioi"], values["lang"]) == (selection.as_of, *choice[2:])
    assert values["phienban"] == bundled.about.version
    opened = registry.canonical(bundled, copied)
    assert registry.unknown_params(bundled, opened) == {}
    names = areas.labels(bundled, selection.as_of, selection.boundaries, selection.text)
    assert [value for key, value in opened if key == "xa"] == [
        names[commune] for commune in selection.communes
    ]


def test_a_link_from_another_version_is_named(bundled):
    assert registry.unknown_params(bundled, [("phienban", "0000")]) == {"phienban": ("0000",)}


def test_a_link_to_a_village_names_it_by_its_id(bundled):
    copied = registry.written(bundled, select(bundled), thon="huong-son-2")
    assert dict(copied)["thon"] == "huong-son-2"
    assert dict(registry.canonical(bundled, copied))["thon"] == "huong-son-2"
    assert registry.unknown_params(bundled, [("thon", "khong-co")]) == {"thon": ("khong-co",)}


@pytest.mark.parametrize(
    "parameter",
    [parameter for parameter in registry.PARAMETERS if parameter.names is not None],
    ids=lambda parameter: parameter.key,
)
def test_every_parameter_is_read_by_id_and_by_name_in_either_language(bundled, parameter):
    names = {lang: parameter.names(bundled, select(bundled, lang=lang)) for lang in text.LANGUAGES}
    assert names["vi"]
    for key, name in names["vi"].items():
        for spelling in (key, name, names["en"][key]):
            assert registry.canonical(bundled, [(parameter.key, spelling)]) == [(parameter.key, name)]
    assert registry.unknown_params(bundled, [(parameter.key, "x")]) == {parameter.key: ("x",)}


def test_pages_and_parameters_have_a_place_each():
    paths = [path for page in registry.PAGES for path in (page.path, *page.aliases)]
    keys = [parameter.key for parameter in registry.PARAMETERS]
    flags = [flag.name for parameter in registry.PARAMETERS for flag in parameter.flags]
    assert [len(set(values)) for values in (paths, keys, flags)] == [
        len(values) for values in (paths, keys, flags)
    ]
    assert all((ROOT / "pages" / f"{page.name}.py").is_file() for page in registry.PAGES)
