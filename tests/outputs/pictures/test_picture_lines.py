"""Where lines of a picture are broken."""

import pytest

from dashboard.outputs.pictures import fonts


@pytest.mark.parametrize(
    ("words", "together"),
    [
        ("Đạt 50/60 (83,3%) trưởng thôn", "50/60 (83,3%)"),
        ("tăng 9 xã so với năm trước", "9 xã"),
        ("bí thư chi đoàn Thôn 5 (Xã Hương Phú)", "Thôn 5"),
        ("so với 2.172 đảng viên năm trước", "2.172 đảng"),
        ("Trưởng thôn · đạt mục tiêu", "thôn ·"),
        ("mỗi mục tiêu cần thêm 3.", "thêm 3."),
    ],
)
def test_what_belongs_together_stays_on_a_line(words, together):
    for room in range(160, 400, 5):
        found = fonts.lines(words, 20, room)
        assert any(together in line for line in found), found


def test_lines_are_no_wider_than_their_room():
    words = "Số thôn theo kiêm nhiệm bí thư, trưởng thôn, trưởng ban công tác Mặt trận"
    assert max(fonts.width(line, 20) for line in fonts.lines(words, 20, 200)) <= 200


def test_a_word_longer_than_a_line_is_broken():
    found = fonts.lines("Khôngcókhoảngtrắng" * 5, 20, 150)
    assert "".join(found) == "Khôngcókhoảngtrắng" * 5
    assert max(fonts.width(line, 20) for line in found) <= 150


def test_even_lines_are_as_few_and_about_equally_long():
    words = "Xã Hương Sơn có ít nhất sáu thay đổi để đạt mọi mục tiêu chưa đạt"
    lines, even = fonts.lines(words, 30, 900), fonts.even(words, 30, 900)
    assert len(even) == len(lines) == 2
    assert fonts.width(even[1], 30) > 0.8 * fonts.width(even[0], 30)


def test_no_words_are_no_lines():
    assert fonts.lines("  ", 20, 100) == []
