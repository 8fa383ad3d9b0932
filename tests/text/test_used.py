"""No words that nothing says: every key of the words is asked for somewhere in the code."""

import ast
import re
from pathlib import Path

import pytest

import dashboard
from dashboard import text

SOURCE = Path(dashboard.__file__).parent
# The glossary and the guide of the template are listed whole; a measure is written "admission_rate:members".
LISTED = (
    "glossary.",
    "template.guide.",
    "measure.admission_rate_members",
    "term.",
    "code.unit.",
    "code.villages_of.",
)


def literals(trees):
    """The plain strings of the code, and its f-strings as patterns with a group for each value put in."""
    nodes = [node for tree in trees for node in ast.walk(tree)]
    formatted = [node for node in nodes if isinstance(node, ast.JoinedStr)]
    parts = {id(part) for node in formatted for part in node.values}
    plain = {
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts
    }
    patterns = {
        "".join(re.escape(part.value) if isinstance(part, ast.Constant) else "(.*?)" for part in node.values)
        for node in formatted
        if any(isinstance(part, ast.Constant) and part.value.strip(".") for part in node.values)
    }
    return plain, [re.compile(pattern) for pattern in patterns]


def is_made(letters, plain, patterns, depth=0):
    """Whether the code can build these letters: as they are, or from parts that it can build."""
    if letters in plain or not letters:
        return True
    if depth > 1:
        return False
    matches = (pattern.fullmatch(letters) for pattern in patterns)
    return any(
        match and all(is_made(part, plain, patterns, depth + 1) for part in match.groups())
        for match in matches
    )


def is_asked(key, plain, patterns):
    """Whether a key is asked for: whole, or as a known beginning and an end ("goals.gap" and "alike")."""
    start, _, end = key.rpartition(".")
    return is_made(key, plain, patterns) or (end in plain and is_made(start, plain, patterns, 1))


@pytest.fixture(scope="module")
def code():
    return literals([ast.parse(file.read_text("utf-8")) for file in SOURCE.rglob("*.py")])


def test_every_key_is_asked_for(code):
    keys = [key for key in sorted(text.get().keys()) if not key.startswith(LISTED)]
    assert [key for key in keys if not is_asked(key, *code)] == []


@pytest.mark.parametrize("key", ["overlap.headline_nowhere", "changes.villages.nowhere", "nowhere.title"])
def test_the_check_finds_words_that_nothing_asks_for(code, key):
    assert not is_asked(key, *code)
