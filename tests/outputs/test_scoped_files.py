"""Files of a reader of some communes name no other commune and none of its villages."""

from __future__ import annotations

import re
from functools import cache

import pytest

from dashboard.dataset import scoped, select
from dashboard.outputs import briefing, pack, pictures, workbook
from file_words import pages_of, unzipped

OWN = "huong-son"
# One of each way of drawing; the overview and the data page are of everything elsewhere.
IDS = (
    "overview.findings",
    "structure.organizations",
    "overlap.matrix",
    "goals.progress",
    "goals.plan",
    "data.provenance",
    "data.checks",
    "reconciliation.quotes",
)


@pytest.fixture(scope="module")
def file_of(bundled):
    part = scoped(bundled, (OWN,))
    brief = briefing.brief(part, select(part), IDS)
    return cache(lambda kind: pack.make(brief, kind))


@pytest.fixture(scope="module")
def strangers(bundled):
    """Ids and names of every other commune; every id of their villages begins with theirs."""
    others = bundled.communes[bundled.communes["commune_id"] != OWN]
    # "Nam Đông" is the district's name, too.
    names = set(others["name"]) - {"Nam Đông"}
    return re.compile("|".join(map(re.escape, [*names, *set(others["commune_id"]) - {"nam-dong"}])))


def written(content: bytes) -> str:
    """All text in a file, and in those that it is packed from."""
    if content[:4] == b"%PDF":
        return "\n".join(pages_of(content))
    if content[:2] == b"PK":
        return "\n".join(name + written(part) for name, part in unzipped(content).items())
    return content.decode("utf-8", "replace")


@pytest.mark.parametrize("kind", briefing.KINDS)
def test_a_file_names_no_other_commune(file_of, strangers, kind):
    text = written(file_of(kind))
    assert "Hương Sơn" in text
    assert not set(strangers.findall(text))


def test_pictures_and_workbooks_of_one_exhibit_name_no_other_commune(bundled, strangers):
    part = scoped(bundled, (OWN,))
    for exhibit in briefing.brief(part, select(part), IDS).exhibits:
        files = (
            workbook.exhibit_xlsx(exhibit),
            pictures.picture_svg(exhibit, next(iter(pictures.SHAPES))).encode(),
        )
        assert not {name for file in files for name in strangers.findall(written(file))}, exhibit.id


def test_one_file_each_is_of_the_communes_of_the_reader(bundled, strangers):
    part = scoped(bundled, ("nam-dong",))
    briefs = [
        lambda commune=commune: briefing.brief(part, select(part, [commune]), ["overlap.matrix"])
        for commune in select(part).communes
    ]
    text = written(pack.make_each(briefs, "xlsx"))
    assert set(strangers.findall(text)) == {"Hương Xuân", "Thượng Nhật", "huong-xuan", "thuong-nhat"}
