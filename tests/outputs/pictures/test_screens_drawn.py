"""Every exhibit as screens for a room: nothing cut, all of it there, letters that can be read, one scale."""

import re
from functools import cache

import pytest
from test_picture import CHOICES, every, faults

from dashboard.outputs import pictures
from dashboard.outputs.pictures.screens import SHEET
from dashboard.text import get

# Of 692 px: at 1080 px of a projector 18 px, under a line of 20 px or more.
SMALLEST = 11.5


@pytest.fixture(scope="module")
def drawn(bundled, written):
    """The exhibits of a choice with the lines of each of their screens."""

    @cache
    def of(communes, boundaries, lang):
        found, text = every(bundled, communes, boundaries, lang)
        return [(one, [written(screen) for screen in pictures.screens(one, text)]) for one in found]

    return of


@pytest.mark.parametrize("choice", [choice[:3] for choice in CHOICES[:3]])
def test_nothing_is_cut_or_hidden(drawn, choice):
    faulty = [
        (exhibit.id, fault)
        for exhibit, screens in drawn(*choice)
        for lines in screens
        for fault in faults(lines, SHEET.width, SHEET.height)
    ]
    assert faulty == []


@pytest.mark.parametrize("choice", [choice[:3] for choice in CHOICES[:2]])
def test_every_screen_explains_itself_in_letters_for_a_room(drawn, choice):
    text = get(choice[2])
    for exhibit, screens in drawn(*choice):
        for n, lines in enumerate(screens, 1):
            said = " ".join(line.words for line in lines)
            for needed in (exhibit.headline, exhibit.source, exhibit.mark(text)):
                assert " ".join(needed.split()) in " ".join(said.split()), exhibit.id
            if len(screens) > 1:
                assert text("picture.part", n=n, of=len(screens)) in said
            middle = [line for line in lines if line.part == "middle"]
            assert min((line.size for line in middle), default=SMALLEST) >= SMALLEST, exhibit.id


def test_the_matrix_shows_every_village_once(bundled, drawn):
    _, screens = next(one for one in drawn((), "then", "vi") if one[0].id == "overlap.matrix")
    assert len(screens) > 2
    villages = [
        line.words
        for lines in screens
        for line in lines
        if line.part == "middle" and re.match(r"(Thôn|Tổ dân phố) \d", line.words)
    ]
    assert len(villages) == len(bundled.villages)
