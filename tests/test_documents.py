"""What the documents name is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
PATH = re.compile(r"`(?:\.venv/bin/python )?((?:data|deploy|docs|pages|src|tests|tools)/[\w./-]*)")
PLACEHOLDER = re.compile(r"N(AME|OUN)")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_each_file_that_a_document_names_exists(document):
    words = document.read_text("utf-8")
    named = [ROOT / path for path in PATH.findall(words) if not PLACEHOLDER.search(path)]
    named += [document.parent / path for path in LINK.findall(words)]
    assert [str(path.relative_to(ROOT)) for path in named if not path.exists()] == []
