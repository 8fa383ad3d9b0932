"""The architecture: which module may import which, read from the imports themselves (design, section 2)."""

import ast
import warnings
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAYERS = [
    {"schema", "text", "settings"},
    {"dataset"},
    {"registry"},
    {"measures"},
    {"charts"},
    {"exhibits"},
    {"outputs", "store", "intake", "streamlit_host"},
    {"access"},
    {"ui"},
    {"router", "commands"},
    {"app", "pages", "__main__"},
]
LAYER = {package: layer for layer, packages in enumerate(LAYERS) for package in packages}
# Libraries that stay in some packages; charts are data, and nothing draws them with altair.
ONLY_IN = {
    "streamlit": {"streamlit_host", "ui", "router", "app", "pages"},
    "altair": set(),
    "pandas": set(LAYER) - {"schema", "text", "settings", "streamlit_host", "access"},
}
# A module above the guide is named; none may be longer than the cap.
PAGE, GUIDE, CAP = 40, 300, 400


def modules(root):
    """Every module by its name; pages and app.py are on top of the package."""
    folder = root / "src" / "dashboard"
    by_name = {
        ".".join(["dashboard", *path.relative_to(folder).with_suffix("").parts]): path
        for path in folder.rglob("*.py")
    }
    by_name |= {f"pages.{path.stem}": path for path in (root / "pages").glob("*.py")}
    if (root / "app.py").exists():
        by_name["app"] = root / "app.py"
    return {name.removesuffix(".__init__"): path for name, path in by_name.items()}


def package(module):
    return module.removeprefix("dashboard.").partition(".")[0]


def imported(path, known):
    """The modules that a file names: `from package import x` is x where x is a module."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            full = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in known else node.module for name in full)


def violations(root):
    """What breaks the layers, in words."""
    known = modules(root)
    imports = {name: set(imported(path, known)) for name, path in known.items()}
    known.pop("dashboard", None)
    for name, path in known.items():
        if package(name) not in LAYER:
            yield f"{name}: no such package"
            continue
        for target in imports[name]:
            library = target.partition(".")[0]
            if library in ONLY_IN and package(name) not in ONLY_IN[library]:
                yield f"{name} imports {library}"
            if (
                target in known
                and package(target) != package(name)
                and LAYER[package(target)] >= LAYER[package(name)]
            ):
                yield f"{name} imports {target}"
        if package(name) == "pages" and len(path.read_text("utf-8").splitlines()) > PAGE:
            yield f"{name} is longer than {PAGE} lines"
    try:
        TopologicalSorter({name: imports[name] & set(known) - {name} for name in known}).prepare()
    except CycleError as error:
        yield f"a circle: {' ← '.join(error.args[1])}"


def test_packages_import_only_from_layers_below():
    assert list(violations(ROOT)) == []


def test_long_modules_are_named():
    long = {
        name: length
        for name, path in modules(ROOT).items()
        if (length := len(path.read_text("utf-8").splitlines())) > GUIDE
    }
    if long:
        warnings.warn(f"longer than {GUIDE} lines: {long}", stacklevel=1)
    assert max(long.values(), default=0) <= CAP


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (
            {"charts.py": "from dashboard import exhibits", "exhibits.py": ""},
            "charts imports dashboard.exhibits",
        ),
        ({"store.py": "from dashboard.outputs import pack", "outputs.py": ""}, "imports dashboard.outputs"),
        ({"measures/goals.py": "import streamlit as st"}, "goals imports streamlit"),
        ({"ui/chart.py": "def draw():\n    from altair import Chart"}, "chart imports altair"),
        ({"text/__init__.py": "import pandas as pd"}, "text imports pandas"),
        ({"utils.py": ""}, "dashboard.utils: no such package"),
        (
            {"dataset/a.py": "from dashboard.dataset import b", "dataset/b.py": "import dashboard.dataset.a"},
            "a circle",
        ),
        ({"pages/long.py": "\n" * 41}, "pages.long is longer than 40 lines"),
    ],
)
def test_a_planted_violation_is_found(tmp_path, files, message):
    for name, content in files.items():
        path = (tmp_path if name.startswith("pages/") else tmp_path / "src" / "dashboard") / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    faults = list(violations(tmp_path))
    assert len(faults) == 1
    assert message in faults[0]
