"""Every file that a reader takes along, made of names that are markup, formulas and paths: each comes back as
exactly the text that it is, nothing of it works, and the file has a name that any disk takes."""

from __future__ import annotations

import csv
import io
import json
import re
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

import hostile
from dashboard import registry, text
from dashboard.dataset import Dataset, areas, load, select
from dashboard.dataset.words import texts
from dashboard.exhibits import build, every, page_of
from dashboard.outputs import briefing, pack, pictures, workbook
from file_words import bare, cells_of, pages_of, paragraphs_of, unzipped, words_of_slides

COMMUNE = "huong-son"
# Names that Windows keeps for itself, and what no disk or header takes.
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\U0010ffff]|\.\.|^[-. ]|[. ]$')
OUTSIDE = re.compile(r"x\.example", re.IGNORECASE)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return load(hostile.folder(tmp_path_factory.mktemp("data")))


@pytest.fixture(scope="module")
def brief(data: Dataset) -> briefing.Briefing:
    return briefing.brief(data, select(data, [COMMUNE]), full=True)


@pytest.fixture(scope="module")
def name(data: Dataset) -> str:
    return str(data.communes.set_index("commune_id").at[COMMUNE, "name"])


@pytest.mark.parametrize("page", ["overview", "structure", "overlap", "changes"])
def test_a_picture_holds_names_as_text_and_nothing_that_loads_or_runs(data, page):
    communes = areas.listed(data, "2024-12-31", "then")
    names = data.communes.set_index("commune_id")["name"].reindex(communes).dropna()
    starts = [bare(name)[:12] for name in names]
    words = ""
    for exhibit in every(data, select(data)):
        if page_of(exhibit.id) != page:
            continue
        root = ElementTree.fromstring(pictures.picture_svg(exhibit, "16x9"))
        tags = {element.tag.rpartition("}")[2].lower() for element in root.iter()}
        assert not tags & {"script", "foreignobject", "a", "use", "b", "iframe"}, exhibit.id
        for element in root.iter():
            for key, value in element.attrib.items():
                assert not key.lower().startswith("on"), exhibit.id
                assert "x.example" not in value or "label" in key, (exhibit.id, key)
        words += bare("".join(root.itertext()))
    assert [start for start in starts if start not in words] == [] or page == "overview"


WORDS = {
    "pptx": lambda content: "".join(words_of_slides(content)),
    "docx": paragraphs_of,
    "pdf": lambda content: "".join(pages_of(content)),
    "xlsx": lambda content: "\n".join(str(cell.value) for cell in cells_of(content)),
}


@pytest.mark.parametrize("kind", WORDS)
def test_a_file_says_the_name_and_links_nowhere(brief, name, kind):
    content = pack.make(brief, kind)
    assert bare(name) in bare(WORDS[kind](content))
    assert [target for target in links_of(content) if OUTSIDE.search(target)] == []
    if kind == "xlsx":
        assert [cell.coordinate for cell in cells_of(content) if cell.data_type == "f"] == []


@pytest.mark.parametrize(("lang", "mark"), [("vi", ";"), ("en", ",")])
def test_cells_of_a_csv_begin_with_no_formula(data, lang, mark):
    written = [exhibit.table for exhibit in every(data, select(data)) if exhibit.table is not None]
    cells = [
        cell
        for table in written
        for row in csv.reader(
            io.StringIO(workbook.as_csv(table, text.get(lang)).decode("utf-8-sig")), delimiter=mark
        )
        for cell in row
    ]
    assert [cell for cell in cells if re.match(r"[=+@\t\r]|-\D", cell)] == []
    assert any("HYPERLINK" in cell for cell in cells)


def test_the_bundle_holds_plain_file_names(data):
    brief = briefing.brief(data, select(data, [COMMUNE]), ["overview.key_figures", "overlap.by_commune"])
    files = unzipped(pack.make(brief, "zip"))
    assert [file for file in files for part in file.split("/") if not is_safe(part)] == []
    assert len({file.casefold() for file in files}) == len(files)
    assert json.loads(files["manifest.json"])


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_every_file_has_a_name_that_any_disk_takes(data, lang):
    villages = data.villages["village_id"].head(12)
    communes = [commune for commune in areas.listed(data, "2024-12-31", "then") if commune != "outside"]
    chosen = [select(data, [commune], lang=lang) for commune in communes]
    chosen.append(select(data, communes, lang=lang))
    stems = [exhibit.stem for exhibit in every(data, chosen[0])]
    stems += [
        exhibit.stem for selection in chosen for exhibit in build(data, selection, ["overlap.by_commune"])
    ]
    stems += [briefing.stem(data, selection, ["overview.key_figures"]) for selection in chosen]
    stems += [briefing.stem(data, chosen[0], [f"village.portrait:{village}"]) for village in villages]
    assert [stem for stem in stems if not is_safe(f"{stem}_16x9.png")] == []


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_a_link_with_a_name_leads_back_to_it(data, lang):
    names = areas.labels(data, "2024-12-31", "then", texts(data)[lang])
    for commune, label in names.items():
        by_id = registry.canonical(data, [("xa", commune), ("lang", lang)])
        assert ("xa", label) in by_id
        assert registry.canonical(data, by_id) == by_id
        assert not registry.unknown_params(data, by_id).get("xa", ())


def is_safe(file: str) -> bool:
    """Whether Windows, Linux and a header take it as the name of a file in one folder."""
    return not FORBIDDEN.search(file) and not RESERVED.match(file) and 0 < len(file.encode()) <= 255


def links_of(content: bytes) -> list[str]:
    """The targets of a PDF or of an office file."""
    if content.startswith(b"%PDF"):
        pages = PdfReader(io.BytesIO(content)).pages
        return [str(note.get_object().get("/A", "")) for page in pages for note in page.get("/Annots", [])]
    parts = [part.decode() for name, part in unzipped(content).items() if name.endswith(".rels")]
    return [target for part in parts for target in re.findall(r'Target="([^"]*)"', part)]
