"""For any bytes that come in: a refusal with a sentence, or a data set that checks; never anything else."""

import openpyxl
import pytest
from handed_in import VI, opened, packed, receive, saved, unpacked
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dashboard import intake, text
from dashboard.dataset import load

FEW = settings(
    max_examples=6,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
MANY = settings(FEW, max_examples=20)
CELLS = st.one_of(
    st.text(max_size=30),
    st.integers(-(10**12), 10**12).map(str),
    st.sampled_from(["", "có", "không", "khuyết", "A", "83,3%", "31/02/2024", "=1+1", "Tổng cộng", "Thôn 1"]),
)
NAMES = st.text(max_size=40)


@pytest.fixture
def is_right(bundled, tmp_path_factory):
    """Sends a file, and holds what came back to its promise."""

    def check(data: bytes, name: str = "x.xlsx") -> None:
        result = receive(data, bundled, name)
        if isinstance(result, intake.Preview):
            folder = tmp_path_factory.mktemp("written")
            result.write(folder)
            load(folder)
            return
        assert result.findings
        for lang in text.LANGUAGES:
            assert all(line.strip() for line in result.lines(text.get(lang)))

    return check


@MANY
@given(data=st.binary(max_size=2_000), name=NAMES)
@example(data=b"PK\x03\x04", name="x.xlsx")
@example(data=b"\xff\xfe", name="x.csv")
def test_any_bytes_under_any_name(is_right, data, name):
    is_right(data, name)


@MANY
@given(rows=st.lists(st.lists(CELLS, max_size=9), max_size=12), separator=st.sampled_from(";,\t|"))
def test_any_text_under_real_headings(is_right, rows, separator):
    heads = ["Xã, thị trấn", "Tên thôn, tổ dân phố", "Loại", "Số hộ", "Nhân khẩu"]
    is_right("\n".join(separator.join(row) for row in [heads, *rows]).encode("utf-8", "replace"), "x.csv")


@FEW
@given(part=st.integers(0, 30), where=st.floats(0, 1), put=st.binary(min_size=1, max_size=40))
def test_the_template_with_a_part_spoilt(is_right, filled, part, where, put):
    parts = unpacked(filled)
    name = [*parts][part % len(parts)]
    at = int(where * len(parts[name]))
    is_right(packed({**parts, name: parts[name][:at] + put + parts[name][at + len(put) :]}))


@pytest.fixture(scope="module")
def sheets():
    """A blank template as a book to write into: small, so that many can be saved."""
    return opened(intake.template(None, None, VI))


@FEW
@given(
    sheet=st.sampled_from(["Thôn, tổ dân phố", "Tổ chức", "Chức danh", "Xã", "Mục tiêu", "Thông tin chung"]),
    cells=st.dictionaries(st.tuples(st.integers(1, 8), st.integers(1, 12)), CELLS, max_size=6),
)
def test_the_template_with_any_values_in_its_cells(is_right, sheets, sheet, cells):
    page = sheets[sheet]
    before = {place: page.cell(*place).value for place in cells}
    for place, value in cells.items():
        page.cell(*place).value = openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", value)
    try:
        is_right(saved(sheets))
    finally:
        for place, value in before.items():
            page.cell(*place).value = value
