"""Communes send their workbooks one by one: the date before stays the default until all have."""

from __future__ import annotations

import random
import shutil

import pytest
from handed_in import LAST, NEXT, ORGANIZATIONS, VI, opened

from dashboard import __main__ as command_line
from dashboard import intake, store
from dashboard.dataset import check, collecting, default_folder, load, scoped, select, texts


def sent(files, base, filled_from=None):
    versions = {filled_from.about.version: filled_from}.get if filled_from else None
    refused, result = intake.receive_all(files, base, versions=versions)
    assert refused == []
    return result


@pytest.fixture(scope="module")
def begun(bundled, communes, every):
    """Two of the ten communes have sent for the next date."""
    names = [communes[commune] for commune in ("huong-son", "huong-phu")]
    return sent([(name, every[name]) for name in names], bundled)


def test_who_is_missing_is_said_and_stands_in_nobodys_way(begun):
    assert {(change.kind, change.area) for change in begun.changes} == {
        ("changed", "Xã Hương Sơn"),
        ("changed", "Xã Hương Phú"),
    }
    # Their posts are those of the date before: that alone is asked for.
    assert {caution.rule for caution in begun.cautions} == {"unchanged"}
    assert begun.dataset.about.collecting == NEXT
    sentence = collecting.progress_sentence(begun.dataset, texts(begun.dataset)["vi"])
    assert sentence.startswith(
        "2/10 xã, thị trấn đã gửi cho 30/06/2025; chưa gửi: Thị trấn Khe Tre, Xã Hương Lộc,"
    )
    assert sentence.endswith(", Khối cơ quan huyện (không thuộc xã)")
    assert "Hương Sơn" not in sentence


def test_the_date_before_stays_the_default(begun):
    data = begun.dataset
    assert select(data).as_of == LAST
    chosen = select(data, as_of=NEXT)
    assert chosen.sentence(data).endswith("số liệu đến 30/06/2025, đang nhận: 2/10 xã, thị trấn đã gửi")


def test_it_is_the_default_once_all_have_sent_one_by_one(bundled, every):
    data = bundled
    for name in random.Random(1).sample(list(every), len(every)):
        assert select(data).as_of == LAST
        result = sent([(f"{name}.xlsx", every[name])], data, bundled)
        assert {caution.rule for caution in result.cautions} <= {"unchanged"}
        data = result.dataset
    assert (data.about.collecting, select(data).as_of) == ("", NEXT)


def test_a_hand_in_of_another_date_leaves_it(begun, bundled, spoilt):
    corrected = spoilt({"Tổ chức!G6": 77})
    assert sent([("sua.xlsx", corrected)], begun.dataset).dataset.about.collecting == NEXT
    assert sent([("sua.xlsx", corrected)], bundled).dataset.about.collecting == ""


def test_the_workbook_of_who_has_not_sent_has_the_figures_of_the_date_before(begun):
    for commune, as_of in (("huong-son", "30/06/2025"), ("huong-loc", "31/12/2024")):
        workbook = intake.template(begun.dataset, None, VI, [commune])
        sheet = opened(workbook)[ORGANIZATIONS]
        assert (sheet["B1"].value, sheet["A5"].value is not None) == (as_of, True)


def test_the_workbook_of_the_next_period_is_had_for_the_date_again(begun, tmp_path, capsys):
    begun.write(tmp_path)
    command = ["template", "--next", NEXT, "--commune", "huong-loc", "--data", str(tmp_path)]
    assert command_line.main([*command, "--out", str(tmp_path / "huong-loc.xlsx")]) == 0
    sheet = opened((tmp_path / "huong-loc.xlsx").read_bytes())[ORGANIZATIONS]
    assert (sheet["B1"].value, sheet["G7"].value) == ("30/06/2025", sheet["H7"].value)
    assert sheet["H7"].value


@pytest.mark.parametrize(
    ("commune", "sentence"),
    [
        ("huong-son", "1/1 xã, thị trấn đã gửi cho 30/06/2025"),
        ("huong-loc", "0/1 xã, thị trấn đã gửi cho 30/06/2025; chưa gửi: Xã Hương Lộc"),
        ("outside", "0/1 xã, thị trấn đã gửi cho 30/06/2025; chưa gửi: Khối cơ quan huyện (không thuộc xã)"),
    ],
)
def test_a_reader_of_one_commune_is_told_of_that_one(begun, commune, sentence):
    data = scoped(begun.dataset, (commune,))
    assert collecting.progress_sentence(data, texts(data)["vi"]) == sentence


def test_the_entry_is_a_date_of_the_data_and_who_has_not_sent_no_warning(begun, tmp_path):
    begun.write(tmp_path)
    assert load(tmp_path).about.collecting == NEXT
    days = [warning.values["date"] for warning in check(tmp_path).warnings if "date" in warning.values]
    assert days
    assert "30/06/2025" not in days
    about = tmp_path / "dataset.toml"
    about.write_text(about.read_text("utf-8").replace(NEXT, "2025-07-01"), "utf-8")
    assert [(problem.rule, problem.column) for problem in check(tmp_path).errors] == [
        ("about_collecting", "collecting")
    ]


def test_the_command_collects_until_it_is_told_that_all_is_there(tmp_path, communes, every, capsys):
    place, file = store.Store(tmp_path / "store", default_folder()), tmp_path / "xa.xlsx"
    place.folder.mkdir()
    file.write_bytes(every[communes["huong-son"]])
    to = ["--store", str(place.folder), "--who", "Lan", "--why", "Số liệu sáu tháng"]
    assert command_line.main(["import", *to]) == 2
    assert command_line.main(["import", "--complete", *to]) == 2
    assert command_line.main(["import", str(file), "--yes", *to]) == 0
    assert "1/10 xã, thị trấn đã gửi cho 30/06/2025; chưa gửi: " in capsys.readouterr().out
    assert select(load(store.shown(place).folder)).as_of == LAST
    assert command_line.main(["import", "--complete", *to]) == 0
    assert select(load(store.shown(place).folder)).as_of == NEXT
    assert [version.entry.file for version in store.versions(place)] == ["", "xa.xlsx", ""]


def test_a_file_may_come_with_the_word_that_it_is_the_last(tmp_path, communes, every):
    folder, file = tmp_path / "data", tmp_path / "xa.xlsx"
    shutil.copytree(default_folder(), folder)
    file.write_bytes(every[communes["huong-son"]])
    assert command_line.main(["import", str(file), "--complete", "--yes", "--data", str(folder)]) == 0
    assert select(load(folder)).as_of == NEXT


def test_who_sends_later_is_compared_with_the_date_before_too(bundled, begun, communes, every):
    result = sent([("huong-loc.xlsx", every[communes["huong-loc"]])], begun.dataset, bundled)
    assert {(change.kind, change.area) for change in result.changes} == {("changed", "Xã Hương Lộc")}
    assert [caution.rule for caution in result.cautions] == ["unchanged"]


def test_after_a_merger_too_and_rows_stand_under_the_commune_of_the_date(bundled):
    file = intake.template(bundled, "2025-12-31", VI, ["nam-dong"], following=True)
    result = sent([("nam-dong.xlsx", file)], bundled)
    assert {(change.kind, change.area) for change in result.changes} == {("changed", "Xã Nam Đông")}
