"""Charts in words: the same figures, and a highest, a rise or a fall only where all is reported."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from dashboard import text
from dashboard.charts import chart_alt_text
from dashboard.charts.model import (
    BarRow,
    Bars,
    BulletRow,
    Bullets,
    Chart,
    Choice,
    Choices,
    DumbbellRow,
    Dumbbells,
    HeatCell,
    HeatRow,
    HeatTable,
    Icicle,
    Label,
    Lines,
    NameColumn,
    NameGroup,
    Names,
    Node,
    Panel,
    PostGroup,
    PostMatrix,
    PostRow,
    Segment,
    Series,
    Tile,
    Tiles,
    UnitRow,
    Units,
)

VI = text.get("vi")
HIGHEST, ROSE, FELL, UP = "Cao nhất", "tăng nhiều nhất", "giảm nhiều nhất", "Tăng từ"


def bullets(*labels: Label, whole: bool = True) -> Bullets:
    rows = tuple(BulletRow(f"Xã {n}", label, n / 10) for n, label in enumerate(labels, 1))
    return Bullets(rows, whole=BulletRow("Toàn đảng bộ", Label("9/10"), 0.9) if whole else None)


def bars(*rows: tuple[str, str, int], over_dates: bool = False) -> Bars:
    """Bars of one segment: name, kind, size."""
    return Bars(
        tuple(BarRow(name, (Segment(kind, n),), Label(str(n))) for name, kind, n in rows),
        over_dates=over_dates,
    )


def dumbbell(
    name: str, now: float | None, count: str, status: str = "rising", unreported: str = ""
) -> DumbbellRow:
    return DumbbellRow(name, 0.5, now, "5/10", "6/10", Label(count, status=status, unreported=unreported))


def dumbbells(*rows: DumbbellRow) -> Dumbbells:
    return Dumbbells(
        0, 1, ("0%", "100%"), ("2023", "2024"), "Xã", "Tăng, giảm", rows, "2 xã không đổi.", shares=True
    )


def lines(*values: float | None, complete: bool = True) -> Lines:
    series = Series("Xã A", values, "chosen", tuple(f"{value}" for value in values), complete)
    other = Series("Xã B", tuple(9.0 for _ in values))
    dates = tuple(str(2020 + n) for n in range(len(values)))
    return Lines(dates, 0, 1, ("0%", "100%"), (Panel("Trưởng thôn", (other, series)),))


MATRIX = PostMatrix(
    ("BT", "TT"),
    (("joined", "Một người"), ("member", "Đảng viên"), ("vacant", "Khuyết")),
    (
        PostGroup("Xã A", (PostRow("Thôn 1", ("member", "member"), ((0, 1),), ""),)),
        PostGroup("Xã B", (PostRow("Thôn 2", ("member", "vacant"), (), ""),)),
    ),
)
SAMPLES: dict[type, Chart] = {
    Tiles: Tiles((Tile("Đảng viên", "2.198", ("+26",)),)),
    Bullets: bullets(Label("1/10"), Label("2/10")),
    HeatTable: HeatTable(
        "Xã", ("Trưởng thôn",), "Còn thiếu", (HeatRow("Xã A", (HeatCell(Label("4/6")),), "7", chosen=True),)
    ),
    Units: Units((("head", "Kiêm nhiệm"),), (UnitRow("Xã A", ("head", "head"), Label("2/2")),)),
    PostMatrix: MATRIX,
    Bars: bars(("Xã A", "value", 7)),
    Dumbbells: dumbbells(dumbbell("Xã A", 0.6, "+1")),
    Names: Names((NameColumn("Thêm 1", (NameGroup("Xã A", (("Thôn 1", "bí thư", ""),)),)),)),
    Choices: Choices(("Xã", "Thôn"), (Choice(("Xã A", "Thôn 1")),)),
    Lines: lines(0.5, 0.6),
    Icicle: Icicle(Node("Đảng bộ", 9, "9 đảng viên", children=(Node("Xã A", 7, "7"),))),
}


@pytest.mark.parametrize("kind", get_args(Chart), ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_every_class_is_told_by_its_rows(kind: type, lang: str):
    words = chart_alt_text(SAMPLES[kind], text.get(lang))
    expected = {Tiles: "Đảng viên (2.198 · +26)", Bullets: "Xã 2 (2/10)", PostMatrix: "Khuyết 1"}
    assert expected.get(kind, "Xã A") in words
    assert "  " not in words


def test_the_highest_and_the_lowest_of_one_goal_are_named_where_all_is_reported():
    words = chart_alt_text(bullets(Label("1/10"), Label("2/10"), Label("3/10", vacant="1 khuyết")), VI)
    assert f"{HIGHEST}: Xã 3 (3/10 · 1 khuyết); thấp nhất: Xã 1 (1/10)." in words
    assert "Toàn đảng bộ (9/10)" in words
    assert HIGHEST not in chart_alt_text(
        bullets(Label("1/10"), Label("2/10", unreported="1 chưa báo cáo")), VI
    )
    assert HIGHEST not in chart_alt_text(bullets(Label("1/10"), Label("2/10"), whole=False), VI), "two goals"


def test_what_is_said_before_is_not_said_again():
    chart = bullets(Label("1/10"), Label("2/10"))
    assert HIGHEST in chart_alt_text(chart, VI, "Nhiều nhất: Xã 2.")
    assert HIGHEST not in chart_alt_text(chart, VI, "Nhiều nhất: Xã 2; ít nhất: Xã 1.")


def test_many_that_are_alike_are_counted():
    chart = bars(*((f"Xã {n}", "value", 7) for n in range(5)), ("Xã B", "value", 1))
    assert f"{HIGHEST}: 5 dòng bằng nhau, như Xã 0 (7); thấp nhất: Xã B (1)." in chart_alt_text(chart, VI)
    assert "Cả 5 dòng bằng nhau." in chart_alt_text(Bars(chart.rows[:3] + chart.rows[:2]), VI)


@pytest.mark.parametrize("kind", ["outside", "value"])
def test_the_district_bodies_are_not_ranked_among_communes(kind: str):
    words = chart_alt_text(bars(("Xã A", "value", 7), ("Xã B", "value", 8), ("Khối cơ quan", kind, 90)), VI)
    assert (f"{HIGHEST}: Xã B (8)" in words) == (kind == "outside")
    assert "Khối cơ quan (90)" in words


def test_bars_are_not_ranked_where_one_has_no_figure():
    rows = bars(("Xã A", "value", 7), ("Xã B", "value", 8)).rows
    assert HIGHEST in chart_alt_text(Bars(rows), VI)
    for label in (
        Label("–", status="no_data"),
        Label("3", unreported="1 chưa báo cáo"),
        Label("3?", status="uncertain"),
    ):
        assert HIGHEST not in chart_alt_text(Bars((*rows, BarRow("Xã C", (Segment("value", 3),), label))), VI)
    assert HIGHEST not in chart_alt_text(
        bars(("Có", "value", 7), ("Không", "none", 8), ("Chưa rõ", "unreported", 1)), VI
    )


def test_the_parts_of_stacked_bars_are_counted():
    segments = (Segment("member", 4), Segment("vacant", 1))
    rows = tuple(BarRow(name, segments, Label("4/5")) for name in ("Bí thư", "Trưởng thôn"))
    words = chart_alt_text(Bars(rows, (("member", "Đảng viên"), ("vacant", "Khuyết"))), VI)
    assert "Tính chung: Đảng viên 8; Khuyết 2." in words


@pytest.mark.parametrize(("last", "way"), [(9, "Tăng từ 7"), (5, "Giảm từ 7"), (7, "Không đổi: 7")])
def test_dates_are_told_from_the_first_to_the_last(last: int, way: str):
    chart = bars(("2022", "value", 7), ("2023", "value", 8), ("2024", "value", last), over_dates=True)
    assert way in chart_alt_text(chart, VI)
    assert way not in chart_alt_text(replace(chart, over_dates=False), VI)
    lacking = replace(chart.rows[0], label=Label("7", unreported="1 chưa báo cáo"))
    assert way not in chart_alt_text(replace(chart, rows=(lacking, *chart.rows[1:])), VI)


def test_what_moved_most_is_named_where_all_can_be_compared():
    rows = [dumbbell("Xã A", 0.6, "+1"), dumbbell("Xã B", 0.9, "+4"), dumbbell("Xã C", 0.3, "−2", "falling")]
    words = chart_alt_text(dumbbells(*rows), VI)
    assert f"Tỷ lệ {ROSE}: Xã B (5/10 › 6/10 · +4)." in words
    assert f"Tỷ lệ {FELL}: Xã C (5/10 › 6/10 · −2)." in words
    assert "2023, chấm là 2024" in words
    assert "2 xã không đổi." in words
    for lacking in (
        dumbbell("Xã D", 0.6, "+1", unreported="1 không so sánh được"),
        dumbbell("Xã D", 0.6, "–", "no_data"),
        dumbbell("Xã D", None, "+9"),
    ):
        words = chart_alt_text(dumbbells(*rows, lacking), VI)
        assert ROSE not in words
        assert FELL not in words


def test_a_share_that_only_vacant_posts_raise_is_no_rise():
    rows = [dumbbell("Xã A", 0.6, "+1"), dumbbell("Xã B", 0.9, "0", "none")]
    assert ROSE not in chart_alt_text(dumbbells(*rows), VI)


def test_a_line_goes_up_only_where_every_date_is_complete():
    words = chart_alt_text(lines(0.5, None, 0.7), VI)
    assert f"Trưởng thôn – Xã A: {UP} 0.5 (2020) lên 0.7 (2022)." in words
    assert "Xã B" not in words
    assert UP not in chart_alt_text(lines(0.5, 0.7, complete=False), VI)
    assert UP not in chart_alt_text(lines(None, 0.7), VI)


def test_the_posts_of_a_matrix_are_counted_and_those_of_one_person():
    words = chart_alt_text(MATRIX, VI)
    assert "Tính chung: Đảng viên 3; Khuyết 1." in words
    assert "1 trường hợp" in words


def test_long_lists_say_how_many_more_there_are():
    words = chart_alt_text(Choices(("Thôn",), tuple(Choice((f"Thôn {n}",)) for n in range(20))), VI)
    assert "Thôn 11; còn 8 dòng nữa" in words


def test_of_dates_that_are_not_all_drawn_none_is_the_highest():
    series = Series("Toàn đảng bộ", (0.5, None, 0.75), "whole", ("2/4", "1/1", "3/4"))
    chart = Lines(("2022", "2023", "2024"), 0, 1, ("0%", "100%"), (Panel("Trưởng thôn", (series,)),))
    words = chart_alt_text(chart, VI)
    assert UP in words
    assert HIGHEST not in words
