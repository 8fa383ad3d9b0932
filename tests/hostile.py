"""A data set whose every text tries something: markup, script, formulas, paths, expressions, 200 letters."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

from dashboard import schema
from dashboard.dataset import default_folder
from dashboard.schema import Kind

# Nothing of these may come to life; %d stands for a number that makes a name of its own of each.
NAMES = (
    "N%d <b>b</b><img src=//x.example/i onerror=alert(1)><a href=//x.example>a</a>",
    "N%d *m* __u__ [l](http://x.example) ![i](//x.example/p.png) `c` ~~s~~ # - > |",
    '=HYPERLINK("http://x.example";"N%d")',
    "</script></style><script>alert(1)</script><svg onload=alert(1)> N%d",
    "@N%d $x^2$ $$y$$ :smile: :material/home: :red[r] :red-badge[r] https://x.example www.x.example",
    "datum['N%d'] || alert(1) // {w} {0} %%s ${x} #{x} \\u0041 \\n",
    "../../N%d\\..\\con:nul|*\"'` & &amp; &lt;b&gt;",
    "-N%d אבג العربية 🏳️ 1️⃣ 👍🏽 Z̵a̷l̴g̵o̶",
    "N%d" + "W" * 195,
)
# What would be left of a name in the text of an element if it were not escaped.
LIVE = ("<b>", "<img", "<a ", "<script", "<svg", "*m*", "__u__", "[l](", "![i]", "`c`", "~~s~~")
LIVE += ("$x^2$", "$$y$$", ":smile:", ":material/", ":red[r", ":red-badge[r]", "//x.example", "www.x", "&lt;")


def folder(place: Path) -> Path:
    """The bundled data with every text replaced, written below `place`."""
    target = Path(shutil.copytree(default_folder(), place / "hostile"))
    number = 0
    for table in (table for table in schema.TABLES if (target / table.file).exists()):
        free = [column.name for column in table.columns if column.kind is Kind.TEXT]
        with open(target / table.file, encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            for column in filter(row.get, free):
                row[column] = name(number)
                number += 1
        with open(target / table.file, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, table.column_names)
            writer.writeheader()
            writer.writerows(rows)
    with open(target / "positions.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("position_id", "name_vi", "short_vi", "rank"))
        for rank, position in enumerate((*schema.POSITIONS, "elders_head")):
            writer.writerow((position, name(number + rank), name(number + rank), rank))
    about = {key: name(place) for place, key in enumerate(("title", "publisher", "root", "note"))}
    lines = [f"{key} = {json.dumps(value)}\n" for key, value in about.items()]
    (target / schema.ABOUT_FILE).write_text("".join([*lines, "sample = true\n"]), "utf-8")
    return target


def name(number: int) -> str:
    """The name of that number."""
    return NAMES[number % len(NAMES)] % number
