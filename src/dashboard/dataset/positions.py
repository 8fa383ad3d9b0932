"""The posts of a village: those of positions.csv, or the seven of a data set without it."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Hashable, Mapping

import pandas as pd

from dashboard import schema
from dashboard.dataset.model import Dataset
from dashboard.dataset.sheet import TEXT, Sheet
from dashboard.text import LANGUAGES, Text

_TABLE = schema.table("positions")
_NAMES = ("name_vi", "name_en", "short_vi", "short_en")
_FIRST_ROW = 2


def default() -> Sheet:
    """`schema.POSITIONS` as a table; the words of a post without a name are those of `text`."""
    count = len(schema.POSITIONS)
    columns = {
        "position_id": pd.array(schema.POSITIONS, TEXT),
        **{name: pd.array([""] * count, TEXT) for name in _NAMES},
        "rank": pd.array(range(1, count + 1), "Int64"),
    }
    frame = pd.DataFrame(columns, index=pd.RangeIndex(_FIRST_ROW, _FIRST_ROW + count))
    return Sheet(_TABLE, frame, frame.astype("str").astype(TEXT))


def is_default(frame: pd.DataFrame) -> bool:
    """Whether a data set with these posts needs no file of them."""
    return frame.reset_index(drop=True).equals(default().frame.reset_index(drop=True))


def words(dataset: Dataset, text: Text) -> dict[str, str]:
    """The words of the posts of a data set, by their keys in `text`: those about all of them, and of each
    that has a name or a short name of its own; none where the posts are the default."""
    if is_default(dataset.positions):
        return {}
    result: dict[str, str] = {}
    for row in dataset.positions.to_dict("records"):
        result |= _of_post(row["position_id"], *_names(row, text))
    ids = dataset.position_ids
    names = {
        position: result.get(f"code.position.{position}") or text(f"code.position.{position}")
        for position in ids
    }
    inside = (f"code.position_inside.{position}" for position in ids)
    listed = "; ".join(result.get(key) or text(key) for key in inside)
    result["overlap.matrix.open"] = text("overlap.matrix.of_data.open")
    result["overlap.matrix.note"] = text("overlap.matrix.of_data.note", posts=listed)
    result |= _glossary(dataset, names, text)
    # A name is no form of a sentence, whatever it holds.
    return {key: sentence.replace("{", "{{").replace("}", "}}") for key, sentence in result.items()}


# The terms of the glossary that are posts.
_BRANCHES = ("farmers_head", "women_head", "veterans_head")
_TERMS = {
    **{position: (position,) for position in schema.POSITIONS if position not in _BRANCHES},
    "branch_heads": _BRANCHES,
}
# Letters of a line, and lines, of the heading of a narrow column.
_LETTERS, _LINES = 6, 4


def _names(row: Mapping[Hashable, str], text: Text) -> tuple[str, str]:
    """The name and the short name of a post in a language, "" where those of the program serve. A post of its
    own has no others: what is not given in a language is as in Vietnamese, a short name as the name."""
    name, short = row[f"name_{text.lang}"], row[f"short_{text.lang}"]
    if row["position_id"] in schema.POSITIONS:
        return ("" if name == text(f"code.position.{row['position_id']}") else name), short
    return name or row["name_vi"], short or name or row["short_vi"] or row["name_vi"]


def _of_post(position: str, name: str, short: str) -> dict[str, str]:
    """The words of one post that has a name or a short name of its own."""
    head = position == "village_head"  # who is called by the kind of village, too
    result: dict[str, str] = {}
    if name:
        result |= {f"{key}.{position}": name for key in ("code.position", "chart.position")}
        result |= {f"{key}.{position}": _inside(name) for key in ("code.position_inside", "chart.inside")}
        kinds = schema.VILLAGE_KINDS if head else (position,)
        result |= {f"takeaway.position.{key}": _inside(name) for key in kinds}
    if name or short:
        result[f"code.position_head.{position}"] = _narrow(short or name)
        result |= {
            f"changes.names.post.{key}": short or name
            for key in ((position, "group_head") if head else (position,))
        }
    return result


def _glossary(dataset: Dataset, names: Mapping[str, str], text: Text) -> dict[str, str]:
    """The terms that are posts: a definition of the program stays where its posts are all there under the
    names that it has; of every other post no more is known than its name."""
    renamed = {
        row["position_id"]
        for row in dataset.positions.to_dict("records")
        for lang in LANGUAGES
        if _names(row, text.other(lang))[0]
    }
    kept = {term: posts for term, posts in _TERMS.items() if set(posts) <= names.keys() - renamed}
    result = {f"glossary.{term}.term": "" for term in _TERMS if term not in kept}
    for position in names.keys() - {post for posts in kept.values() for post in posts}:
        result[f"glossary.post_{position}.term"] = names[position]
        result[f"glossary.post_{position}.means"] = text("glossary.post_of_data.means")
    return result


def _inside(name: str) -> str:
    """A name inside a sentence."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def _narrow(words: str) -> str:
    """Words in lines of a few letters, cut where those are too many."""
    parted = re.sub(rf"(\w{{{_LETTERS}}})(?=\w\w)", r"\1- ", words)
    lines = textwrap.wrap(parted, _LETTERS, break_long_words=False, max_lines=_LINES, placeholder="…")
    return "\n".join(lines)
