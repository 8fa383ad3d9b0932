"""A workbook that comes back after the data have changed: no work is lost."""

from __future__ import annotations

import pytest
from handed_in import ORGANIZATIONS, VI, opened, saved

from dashboard import __main__ as command_line
from dashboard import intake, store
from dashboard.dataset import default_folder, load
from dashboard.store import Entry, Store

# Cells of the filled workbook: a post of two villages, three organisations, two entries.
YOUTH, OTHER = "Chức danh!P4", "Chức danh!P5"
CELL, SECOND, ROOT = "Tổ chức!G6", "Tổ chức!G7", "Tổ chức!G4"
TITLE, PUBLISHER = "Thông tin chung!B2", "Thông tin chung!B3"


@pytest.fixture
def changed(bundled, spoilt):
    """The bundled data with cells of their workbook changed by another editor since."""
    return lambda cells: received(spoilt(cells), bundled).dataset


def received(data, base, versions=None, chosen=None):
    files = data if isinstance(data, list) else [("bieu.xlsx", data)]
    _, result = intake.receive_all(files, base, VI, versions, chosen)
    return result


@pytest.fixture
def versions(bundled):
    """The store of the data that workbooks were filled from."""
    return {bundled.about.version: bundled}.get


def cell(dataset, place):
    """A cell of the workbook that is filled with a data set."""
    sheet, name = place.split("!")
    return opened(intake.template(dataset, None, VI))[sheet][name].value


def test_a_row_that_only_one_of_them_changed_is_as_that_one_has_it(changed, spoilt, versions):
    now = changed({YOUTH: "có", CELL: 41, TITLE: "Tên mới"})
    result = received(spoilt({OTHER: "có", SECOND: 42, PUBLISHER: "Ban Tổ chức"}), now, versions)
    assert result.conflicts == ()
    cells = [cell(result.dataset, place) for place in (YOUTH, OTHER, CELL, SECOND, TITLE, PUBLISHER)]
    assert cells == ["có", "có", 41, 42, "Tên mới", "Ban Tổ chức"]
    assert {(change.table, change.kind) for change in result.changes} == {
        ("officers", "changed"),
        ("organizations", "changed"),
    }


def test_without_the_data_it_was_filled_from_that_is_one_tick(changed, spoilt, bundled):
    result = received(spoilt({OTHER: "có"}), changed({YOUTH: "có"}))
    sentences = [caution.sentence(VI) for caution in result.cautions if caution.rule == "version_unknown"]
    assert [bundled.about.version in sentence for sentence in sentences] == [True]
    assert cell(result.dataset, YOUTH) == "không"


def test_a_row_that_both_changed_has_to_be_chosen(changed, spoilt, versions):
    now, file = changed({CELL: 41}), spoilt({CELL: 42})
    (conflict,) = received(file, now, versions).open
    assert conflict.who == "Tổ chức, Chi bộ Tổ dân phố 1 Khe Tre (Thị trấn Khe Tre)"
    assert conflict.cells == (("Số đảng viên", "22", "41", "42"),)
    assert cell(received(file, now, versions).dataset, CELL) == 41
    for from_file, members in ((True, 42), (False, 41)):
        result = received(file, now, versions, {conflict.key: from_file})
        assert (result.open, cell(result.dataset, CELL)) == ((), members)


def test_what_both_changed_alike_is_no_conflict(changed, spoilt, versions):
    result = received(spoilt({CELL: 41}), changed({CELL: 41}), versions)
    assert (result.conflicts, result.changes) == ((), ())


def test_the_posts_of_a_village_are_one_row_since_they_share_its_letters(changed, spoilt, versions):
    """Each brings a new person into another post and calls that person X: not one person with two posts."""
    (conflict,) = received(spoilt({"Chức danh!E4": "X"}), changed({"Chức danh!G4": "X"}), versions).open
    assert conflict.who == "Chức danh, Tổ dân phố 1 (Thị trấn Khe Tre)"
    posts = [VI(f"code.position.{post}") for post in ("village_head", "front_head")]
    assert [entry[0] for entry in conflict.cells] == [f"{post}, người giữ" for post in posts]


def test_a_row_that_one_removed_and_the_other_changed_has_to_be_chosen(bundled, book, spoilt, versions):
    book[ORGANIZATIONS].delete_rows(6)
    without = saved(book)
    (conflict,) = received(spoilt({CELL: 41}), received(without, bundled).dataset, versions).open
    assert conflict.cells == (("Số đảng viên", "22", "không có dòng này", "41"),)
    result = received(without, received(spoilt({SECOND: 42}), bundled).dataset, versions)
    assert [(change.kind, change.who) for change in result.changes] == [
        ("missing", "Chi bộ Tổ dân phố 1 Khe Tre")
    ]


def test_two_new_organisations_of_one_name_are_two(bundled, filled, versions):
    def with_new(commune, above):
        book = opened(filled)
        book[ORGANIZATIONS].append(["Chi bộ Chợ", "Chi bộ trực thuộc", "Xã", above, commune, None, 7, 0])
        return saved(book)

    first = received(with_new("Xã Hương Phú", "Đảng bộ xã Hương Phú"), bundled).dataset
    result = received(with_new("Xã Hương Sơn", "Đảng bộ xã Hương Sơn"), first, versions)
    rows = result.dataset.organizations
    assert result.conflicts == ()
    assert sorted(rows.loc[rows["name"] == "Chi bộ Chợ", "commune_id"]) == ["huong-phu", "huong-son"]


def test_the_sum_above_changes_of_both_is_left_out(bundled, spoilt):
    base = received(spoilt({ROOT: 2198}), bundled).dataset

    def more(place, by):
        book = opened(intake.template(base, None, VI))
        for where in (place, ROOT):
            book[ORGANIZATIONS][where.split("!")[1]].value += by
        return saved(book)

    now = received(more(CELL, 1), base).dataset
    result = received(more("Tổ chức!G20", 2), now, {base.about.version: base}.get)
    assert result.conflicts == ()
    assert cell(result.dataset, ROOT) is None
    (members,) = [figure for figure in result.figures if figure.figure == VI("count.members")]
    assert (members.before, members.after) == ("2.199", "2.201")


def test_files_of_one_hand_in_that_contradict_each_other(bundled, spoilt):
    files = [("mot.xlsx", spoilt({CELL: 41, SECOND: 51})), ("hai.xlsx", spoilt({CELL: 42}))]
    (conflict,) = (result := received(files, bundled)).open
    assert (conflict.file, conflict.beside, conflict.cells[0][2:]) == ("hai.xlsx", True, ("41", "42"))
    assert cell(result.dataset, SECOND) == 51


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A store whose first version is the bundled data."""
    new_store = Store(tmp_path / "store", default_folder())
    new_store.folder.mkdir()
    monkeypatch.setenv("DASHBOARD_STORE", str(new_store.folder))
    base = load(default_folder()).about.version
    store.publish(new_store, default_folder(), Entry("lan", "đầu tiên"), base)
    return new_store


def imported(tmp_path, data, name, *options):
    (tmp_path / name).write_bytes(data)
    who = ("--who", name.partition(".")[0], "--why", "Số liệu năm", "--yes")
    return command_line.main(["import", str(tmp_path / name), *who, *options])


def current(place):
    return store.read(place, store.current(place).number)


def test_the_command_names_the_row_and_goes_through_where_there_is_none(tmp_path, place, spoilt, capsys):
    assert imported(tmp_path, spoilt({CELL: 41}), "hoa.xlsx") == 0
    assert imported(tmp_path, spoilt({CELL: 42}), "nam.xlsx") == 1
    line, rest = capsys.readouterr().err.splitlines()
    assert line == (
        "nam.xlsx: Tổ chức, Chi bộ Tổ dân phố 1 Khe Tre (Thị trấn Khe Tre): "
        "Số đảng viên (lúc tải biểu: 22, đang dùng: 41, trong tệp: 42)"
    )
    assert "--conflicts" in rest
    assert store.current(place).entry.file == "hoa.xlsx"
    assert imported(tmp_path, spoilt({SECOND: 51}), "nam.xlsx") == 0
    assert "Từ khi tải biểu, số liệu đã đổi: phiên bản 0002 của hoa" in capsys.readouterr().out
    assert [cell(current(place), where) for where in (CELL, SECOND)] == [41, 51]
    assert imported(tmp_path, spoilt({CELL: 42}), "minh.xlsx", "--conflicts", "file") == 0
    assert [cell(current(place), where) for where in (CELL, SECOND)] == [42, 51]
