"""Measures what the dashboard costs and holds it against the budgets of the design: `make bench`.

make bench                                          # every part, about ten minutes on a quiet machine
make bench PARTS="changes memory" SIZES="60 90000"  # some of it
make bench WRITE=docs/bench.md                      # and put what has a budget into the page of results

Every row is in build/bench.md. Parts: starts (reading, checking, starting), changes (CPU, bytes, messages
of a filter change), paint (open and change in Chromium, beside a plain page of Streamlit), memory.
It is no test: a budget that is not kept is a row, and only a part that could not be measured makes it fail.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bench import changes, memory, paint, samples, starts, table

PARTS: dict[str, Callable[[Sequence[int]], Iterator[table.Row]]] = {
    "starts": starts.measure,
    "changes": changes.measure,
    "paint": paint.measure,
    "memory": memory.measure,
}

# Every row of the last run.
WHOLE = Path("build/bench.md")


def main() -> int:
    """Measure the chosen parts; 1 where one of them failed."""
    parser = argparse.ArgumentParser(
        "bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--sizes", nargs="+", type=int, default=samples.SIZES, metavar="VILLAGES")
    parser.add_argument("--write", type=Path, help="a page with the two marks between which the table goes")
    chosen = parser.parse_args()
    if unknown := sorted(set(chosen.parts).difference(PARTS)):
        parser.error(f"unknown: {', '.join(unknown)}; known: {', '.join(PARTS)}")
    for villages in chosen.sizes:
        samples.folder(villages)
    rows: list[table.Row] = []
    failed: list[str] = []
    for part in chosen.parts or PARTS:
        begun = time.monotonic()
        try:
            for row in PARTS[part](chosen.sizes):
                rows.append(row)
                print("  ".join(row.cells), flush=True)
        except Exception:
            # One part that fails on a slow machine must not take the others' figures with it.
            traceback.print_exc()
            failed.append(part)
        print(f"# {part}: {time.monotonic() - begun:.0f} s", flush=True)
    whole = table.markdown(rows, failed)
    print(f"\n{whole}")
    WHOLE.parent.mkdir(exist_ok=True)
    WHOLE.write_text(whole, "utf-8")
    if chosen.write is not None:
        with_budget = [row for row in rows if row.budget is not None]
        table.write(chosen.write, table.markdown(with_budget, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
