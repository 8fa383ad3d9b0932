"""Every chart: valid, the same whatever its rows, in the look of the house."""

import inspect
import json
import re
from functools import cache

import pytest

from dashboard import charts, exhibits, schema, text
from dashboard.charts import Plot
from dashboard.dataset import load, sample, scenario, select

DRAWN = {
    f"{module.__name__.rpartition('.')[2]}.{name}": draw
    for module in (charts.structure, charts.overlap, charts.goals, charts.places, charts.changes)
    for name, draw in inspect.getmembers(module, inspect.isfunction)
    if draw.__module__ == module.__name__ and not name.startswith("_")
}
each_chart = pytest.mark.parametrize("name", DRAWN)
each_language = pytest.mark.parametrize("lang", text.LANGUAGES)


def name_of(plot):
    return f"{plot.draw.__module__.rpartition('.')[2]}.{plot.draw.__name__}"


def plots_of(data, selection):
    """The charts of all exhibits, those of the goals for one with a target and one without."""
    found = {}
    of_places = exhibits.build(data, selection, ["commune.peers"])
    for exhibit in [*exhibits.every(data, selection), *of_places]:
        if (plot := exhibit.plot) is not None:
            has_target = "target" in plot.frame and plot.frame["target"].notna().any()
            found.setdefault((name_of(plot), has_target), plot)
    return list(found.values())


@pytest.fixture(scope="session")
def plot_of(bundled):
    """A chart by name and language, with rows of the bundled data."""

    @cache
    def plots(lang):
        chosen = [
            select(bundled, ["huong-son"], lang=lang),
            select(bundled, lang=lang),
            select(
                bundled,
                lang=lang,
                scenario=scenario.read(bundled, "2024-12-31", ["khe-tre-1.member.youth_head"]).scenario,
            ),
        ]
        return {name_of(plot): plot for selection in chosen for plot in plots_of(bundled, selection)}

    return lambda name, lang: plots(lang)[name]


@pytest.fixture(scope="session")
def spec_of(plot_of):
    return lambda name, lang: plot_of(name, lang).spec


def without_rows(spec):
    return {key: value for key, value in spec.items() if key not in ("data", "datasets")}


def parts(spec):
    """Every object in a specification, the specification first."""
    if isinstance(spec, dict):
        yield spec
        for value in spec.values():
            yield from parts(value)
    elif isinstance(spec, list):
        for value in spec:
            yield from parts(value)


def channels(spec, *names):
    """The encodings of these channels in all layers."""
    return [
        encoding
        for layer in spec["layer"]
        for channel, encoding in layer.get("encoding", {}).items()
        if not names or channel in names
    ]


def marks(plot):
    """How many marks are drawn: the rows of each layer that pass its filters."""
    drawn = 0
    for layer in plot.spec["layer"]:
        rows = plot.frame
        for step in layer.get("transform", []):
            (column, sign, value), *more = re.findall(r"datum\.(\w+) ([!=])== '([^']*)'", step["filter"])
            assert not more, "one comparison a filter"
            rows = rows[(rows[column] == value) == (sign == "=")]
        drawn += len(rows)
    return drawn


def test_every_chart_is_drawn_from_the_bundled_data(plot_of):
    assert {name_of(plot_of(name, "vi")) for name in DRAWN} == set(DRAWN)


@each_language
@each_chart
def test_a_chart_with_rows_is_valid(plot_of, name, lang):
    plot = plot_of(name, lang)
    spec = plot.chart().to_dict(validate=True)
    assert [len(rows) for rows in spec["datasets"].values()] == [len(plot.frame)]


@each_chart
def test_a_chart_without_rows_is_valid(plot_of, name):
    plot = plot_of(name, "vi")
    spec = plot.draw(plot.frame.iloc[:0], text=plot.text).to_dict(validate=True)
    assert list(spec["datasets"].values()) == [[]]


@each_chart
def test_a_chart_survives_json(spec_of, name):
    assert json.loads(json.dumps(spec_of(name, "vi"), allow_nan=False)) == spec_of(name, "vi")


@pytest.mark.parametrize(
    ("communes", "as_of"),
    [
        ((), "2021-12-31"),
        ((), "2022-12-31"),
        ((), "2023-12-31"),
        ((), "2024-12-31"),
        (("khe-tre",), "2024-12-31"),
        ((schema.OUTSIDE,), "2024-12-31"),
    ],
)
def test_a_chart_is_the_same_whatever_its_rows(bundled, communes, as_of):
    plots = plots_of(bundled, select(bundled, communes, as_of))
    other = [
        name_of(plot) for plot in plots if without_rows(plot.chart().to_dict(validate=False)) != plot.spec
    ]
    assert len(plots) >= 4
    assert other == []


@pytest.mark.parametrize("villages", [sample.VILLAGES, 133, 400])
def test_a_chart_draws_no_more_than_its_bound(villages, tmp_path):
    sample.write(tmp_path, villages)
    data = load(tmp_path)
    plots = plots_of(data, select(data))
    too_many = {name_of(plot): marks(plot) for plot in plots if marks(plot) > charts.MOST_MARKS}
    assert len(plots) > 5
    assert too_many == {}


@each_chart
def test_a_chart_is_given_the_columns_that_it_names(plot_of, name):
    plot = plot_of(name, "vi")
    named = {part["field"] for part in parts(plot.spec) if "field" in part}
    assert named <= {*plot.frame.columns}


@each_language
@each_chart
def test_every_category_has_its_colour_and_shape(plot_of, name, lang):
    plot = plot_of(name, lang)
    scales = {
        encoding["field"]: encoding["scale"]
        for encoding in channels(plot.spec, "color", "shape")
        if "range" in encoding.get("scale", {})
    }
    for field, scale in scales.items():
        assert len(scale["domain"]) == len(scale["range"]) == len(set(scale["domain"]))
        assert set(plot.frame[field].dropna()) - {"nan"} <= set(scale["domain"])


@each_chart
def test_no_axis_or_legend_shows_the_name_of_a_column(spec_of, name):
    spec = spec_of(name, "vi")
    guides = [("x", "axis"), ("y", "axis"), ("color", "legend"), ("shape", "legend")]
    shown, untitled = set(), set()
    for channel, guide in guides:
        for encoding in channels(spec, channel):
            if "field" in encoding:
                # Layers share an axis, colour and shape of one column a legend: one without title decides.
                shared = channel if guide == "axis" else encoding["field"]
                shown.add(shared)
                if guide in encoding and (encoding[guide] or {"title": None}).get("title", "") is None:
                    untitled.add(shared)
    assert untitled == shown


@each_language
@each_chart
def test_a_chart_stands_on_white_with_room_above(spec_of, name, lang):
    spec = spec_of(name, lang)
    assert spec["background"].upper() == "#FFFFFF"
    assert spec["padding"]["top"] >= 14
    assert spec["width"] == "container"


@pytest.mark.parametrize(("lang", "decimal", "thousands"), [("vi", ",", "."), ("en", ".", ",")])
@each_chart
def test_numbers_are_written_as_the_language_writes_them(spec_of, name, lang, decimal, thousands):
    number = spec_of(name, lang)["config"]["locale"]["number"]
    assert (number["decimal"], number["thousands"], number["grouping"]) == (decimal, thousands, [3])


@each_chart
def test_no_writing_is_small(spec_of, name):
    spec = spec_of(name, "vi")
    named = [value for part in parts(spec) for key, value in part.items() if key.lower().endswith("fontsize")]
    # One that goes by the width of the window: "width < 300 ? 12 : 14".
    either = [re.findall(r"[?:] (\d+)", one["expr"]) if isinstance(one, dict) else [one] for one in named]
    sizes = [int(size) for sizes in either for size in sizes]
    assert min(sizes) >= 12
    assert spec["config"]["text"]["fontSize"] >= 12
    assert spec["config"]["axis"]["labelFontSize"] >= 12


@each_chart
def test_the_font_is_the_bundled_one_with_a_generic_behind(spec_of, name):
    assert re.fullmatch(r"Be Vietnam Pro, .*sans-serif", spec_of(name, "vi")["config"]["font"])


@pytest.mark.parametrize("name", [name for name in DRAWN if name.startswith("overlap.")])
def test_overlap_has_no_target(plot_of, name):
    plot = plot_of(name, "vi")
    rules = [layer for layer in plot.spec["layer"] if layer["mark"]["type"] in ("rule", "tick")]
    joins = [rule for rule in rules if "join" in json.dumps(rule.get("transform", ""))]
    assert rules == joins
    assert "target" not in plot.frame
    assert not re.search(r"target|\b0?\.8\b|\b80\b", json.dumps(channels(plot.spec)))


@pytest.mark.parametrize("name", ["goals.progress", "goals.by_commune", "goals.path"])
def test_goals_show_their_target(spec_of, name):
    assert "target" in {encoding.get("field") for encoding in channels(spec_of(name, "vi"), "x", "y")}


def test_the_specification_is_made_once(plot_of):
    plot = plot_of("goals.progress", "vi")
    assert Plot(plot.draw, plot.frame.head(1), plot.text).spec is plot.spec


def foot_of_heads(spec):
    """How far below the upper edge of its row the writing above a bar ends (px)."""
    return max(
        int(re.findall(r"\d+", str(layer["mark"]["dy"]))[-1])
        for layer in spec["layer"]
        if layer["mark"]["type"] == "text" and layer["encoding"]["y"].get("bandPosition") == 0
    )


@each_chart
def test_a_bar_stands_close_below_the_name_of_its_row(spec_of, name):
    spec = spec_of(name, "vi")
    for layer in spec["layer"]:
        if layer["mark"]["type"] != "bar" or "yOffset" not in layer["mark"]:
            continue
        step, size = spec["height"]["step"], layer["mark"]["height"]
        top = step / 2 + layer["mark"]["yOffset"] - size / 2
        head = foot_of_heads(spec)
        # Thin lines lie in the middle of a bar of 14 px.
        assert head < top <= head + 5 + max(0, 14 - size) / 2
        assert top + size < step


@pytest.mark.parametrize("name", ["overlap.by_commune", "overlap.pool", "overlap.post_states"])
def test_a_stacked_bar_has_its_parts_end_to_end(plot_of, name):
    plot = plot_of(name, "vi")
    (bar,) = (layer for layer in plot.spec["layer"] if layer["mark"]["type"] == "bar")
    start, end = (bar["encoding"][channel]["field"] for channel in ("x", "x2"))
    for _, parts_of_bar in plot.frame.groupby("row"):
        rows = parts_of_bar.sort_values(end)
        assert list(rows[start]) == [0, *rows[end][:-1]]
        assert list(rows[end] - rows[start]) == list(rows["count"])
