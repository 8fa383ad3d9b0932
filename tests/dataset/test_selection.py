"""What the reader chooses: checked, in order, and said in a sentence."""

import pytest

from dashboard import schema
from dashboard.dataset import UnknownChoiceError, areas, select

COMMUNES = """
    commune_id | name | kind     | valid_from | valid_to   | merged_into
    bac        | Bắc  | thi_tran |            | 2024-06-30 | moi
    nam        | Nam  | xa       |            | 2025-06-30 | moi
    dong       | Đông | xa       |            |            |
    moi        | Mới  | phuong   | 2024-07-01 |            |"""


@pytest.fixture
def data(build):
    return build(
        communes=COMMUNES,
        villages="village_id | commune_id\nv1 | bac",
        organizations="""
            as_of      | org_id | level | commune_id
            2023-12-31 | a      | cell  | bac
            2024-12-31 | a      | cell  | bac
            2024-12-31 | b      | cell  | nam""",
    )


def test_nothing_chosen_is_everything_at_the_last_date(data):
    chosen = select(data)
    assert (chosen.everything, chosen.communes, chosen.as_of) == (True, (), "2024-12-31")
    assert (chosen.boundaries, chosen.lang) == ("then", "vi")


@pytest.mark.parametrize("order", [["outside", "moi", "nam"], ["nam", "outside", "moi", "nam"]])
def test_communes_stand_by_rank_once_the_district_bodies_last(data, order):
    assert select(data, order).communes == ("nam", "moi", "outside")


def test_every_commune_and_the_district_bodies_are_everything(data):
    assert select(data, ["outside", "nam", "dong", "moi"]) == select(data)
    assert not select(data, ["nam", "dong", "moi"]).everything


@pytest.mark.parametrize(
    ("commune", "as_of", "boundaries", "known"),
    [
        ("moi", "2023-12-31", "then", ["bac", "nam", "dong"]),
        ("bac", "2024-12-31", "then", ["nam", "dong", "moi"]),
        ("nowhere", "2023-12-31", "now", ["dong", "moi"]),
    ],
)
def test_an_unknown_commune_or_one_of_another_time_is_named_with_those_of_that_date(
    data, commune, as_of, boundaries, known
):
    with pytest.raises(UnknownChoiceError) as error:
        select(data, [commune], as_of, boundaries)
    assert (error.value.kind, error.value.value) == ("commune", commune)
    assert error.value.known == (*known, schema.OUTSIDE)
    assert ", ".join(known) in str(error.value)


@pytest.mark.parametrize("as_of", ["2022-12-31", "31/12/2024", ""])
def test_an_unknown_date_is_named_with_the_known_ones(data, as_of):
    with pytest.raises(UnknownChoiceError, match="unknown as_of") as error:
        select(data, as_of=as_of)
    assert error.value.known == ("2023-12-31", "2024-12-31")


def test_what_changed_is_told_from_the_date_before_or_the_one_named(data):
    assert select(data).compared_with(data) == "2023-12-31"
    assert select(data, since="2023-12-31").since == "2023-12-31"
    assert select(data, as_of="2023-12-31").compared_with(data) is None


@pytest.mark.parametrize("since", ["2024-12-31", "2025-12-31", "2022-12-31"])
def test_a_date_to_compare_with_that_is_not_earlier_is_refused(data, since):
    with pytest.raises(UnknownChoiceError) as refused:
        select(data, since=since)
    assert (refused.value.kind, refused.value.known) == ("since", ("2023-12-31",))


@pytest.mark.parametrize(
    ("communes", "vi", "en"),
    [
        ([], "Toàn Đảng bộ thử", "Đảng bộ thử (whole)"),
        (["nam"], "Xã Nam", "Nam commune"),
        (["moi", "nam"], "Xã Nam, Phường Mới", "Nam commune, Mới ward"),
        (
            ["outside"],
            "Khối cơ quan huyện (không thuộc phường, xã)",
            "District bodies (outside every ward or commune)",
        ),
    ],
)
def test_the_place_is_said_by_name(data, communes, vi, en):
    assert select(data, communes).place(data) == vi
    assert select(data, communes, lang="en").place(data) == en


def test_a_long_place_names_the_first_five(bundled):
    communes = list(bundled.communes["commune_id"][:7])
    place = select(bundled, communes).place(bundled)
    assert place == "Thị trấn Khe Tre, Xã Hương Phú, Xã Hương Sơn, Xã Hương Lộc, Xã Thượng Quảng và 2 xã khác"


def test_the_selection_is_a_sentence(data):
    assert select(data, ["nam"]).sentence(data) == "Xã Nam · số liệu đến 31/12/2024"
    english = select(data, ["nam"], "2023-12-31", lang="en")
    assert english.sentence(data) == "Nam commune · data as of 31/12/2023"


@pytest.mark.parametrize(
    ("chosen", "boundaries", "carried"),
    [
        (["huong-son"], "then", ("huong-son",)),
        (["huong-son", "outside"], "now", ("nam-dong", "outside")),
        (["huong-son", "thuong-nhat"], "now", ("nam-dong",)),
        (["nam-dong"], "then", ("huong-son", "huong-xuan", "thuong-nhat")),
        (["khe-tre-2025", "nowhere"], "then", ("khe-tre", "huong-phu", "huong-loc", "thuong-lo", "nowhere")),
    ],
)
def test_chosen_places_are_kept_when_the_list_of_communes_changes(bundled, chosen, boundaries, carried):
    assert areas.carried(bundled, chosen, "2024-12-31", boundaries) == carried


def test_boundaries_of_now_follow_no_merger_of_the_future(bundled):
    eve = bundled.on("2025-06-30")
    assert select(eve, ["huong-son"], boundaries="now").communes == ("huong-son",)
    with pytest.raises(UnknownChoiceError):
        select(eve, ["nam-dong"], boundaries="now")
    assert select(eve.on("2025-07-01"), ["nam-dong"], boundaries="now").communes == ("nam-dong",)


def test_boundaries_of_now_are_not_older_than_the_data_and_lead_back_to_those_before(build):
    data = build(
        communes="""
            commune_id | valid_from | valid_to   | merged_into
            old        |            | 2025-06-30 | new
            new        | 2025-07-01 |            |""",
        villages="village_id | commune_id\na | old",
        organizations="""
            as_of | org_id | level | commune_id
            2024-12-31 | x | cell | old
            2025-12-31 | y | cell | new""",
    ).on("2025-03-01")
    assert areas.listed(data, "2025-12-31", "now") == ("new",)
    assert areas.carried(data, ["new"], "2024-12-31", "then") == ("old",)
