"""Write the communes of the country before and since 01/07/2025 as one small list for the tests.

Needs `pip install vietnamadminunits` (1.0.4; MIT, Tran Ngoc Minh Hieu), which is no dependency: in another
environment, `python tools/units.py FILE.tsv.gz`. One line per commune since then: province, kind, name, code,
and what it came from as "kind name code", several joined by ";". What came to several is in each of
these, with "!" at the one that the package takes for its whole: mergers are the package's, and may err.
"""

from __future__ import annotations

import gzip
import json
import sqlite3
import sys
from importlib.resources import files
from pathlib import Path

KINDS = {"Xã": "xa", "Phường": "phuong", "Thị trấn": "thi_tran", "Đặc khu": "dac_khu"}


def main(out: Path) -> None:
    """Write the list."""
    folder = files("vietnamadminunits") / "data"
    with sqlite3.connect(str(folder / "dataset.db")) as units:
        old = {
            f"{province}_{district}_{key}": f"{KINDS[kind]} {name} {code}"
            for province, district, key, kind, name, code in units.execute(
                "select provinceKey, districtKey, wardKey, wardType, wardShort, wardCode"
                " from admin_units_legacy where wardCode is not null"
            )
        }
        new = list(
            units.execute(
                "select provinceKey, wardKey, province, wardType, wardShort, wardCode from admin_units"
            )
        )
    mergers = json.loads((folder / "converter_2025.json").read_text("utf-8"))
    came: dict[tuple[str, str], list[str]] = {(province, key): [] for province, key, *_ in new}
    for province, wards in mergers["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for key, parts in wards.items():
            came[province, key] += [old[part] for part in parts if part in old]
    for province, divided in mergers["DICT_PROVINCE_WARD_DIVIDED"].items():
        for part, into in divided.items():
            for successor in into:
                came[province, successor["newWardKey"]].append(
                    "!" * successor["isDefaultNewWard"] + old[part]
                )
    lines = [
        "\t".join((province, KINDS[kind], name, code, ";".join(came[place, key])))
        for place, key, province, kind, name, code in new
    ]
    out.write_bytes(gzip.compress("\n".join(lines).encode("utf-8"), mtime=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
