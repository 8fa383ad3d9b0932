"""What goes to a browser: the same values, in few bytes, however many villages there are."""

import pandas as pd
import pyarrow as pa
import pytest

from dashboard import exhibits
from dashboard.charts import wire
from dashboard.dataset import areas, load, sample, select


def size(table):
    """Bytes of a table as Streamlit sends it."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return len(sink.getvalue())


@pytest.mark.parametrize("rows", [1, 200])
def test_every_value_arrives_as_it_was(rows):
    frame = pd.DataFrame(
        {
            "name": [f"Thôn {row % 7}" for row in range(rows)],
            "missing": pd.array([None if row % 2 else "CTMT" for row in range(rows)], dtype="str"),
            "count": [row * 1000 for row in range(rows)],
            "huge": [2**40 + row for row in range(rows)],
            "share": [row % 3 / 7 for row in range(rows)],
            "none": [float("nan") if row % 2 else 0.1 for row in range(rows)],
            "met": [row % 2 == 0 for row in range(rows)],
        },
        index=range(5, 5 + rows),
    )

    arrived = wire.compact(frame)

    assert arrived.column_names == list(frame.columns)
    wanted = {name: [None if pd.isna(value) else value for value in frame[name]] for name in frame.columns}
    assert arrived.to_pydict() == wanted


def test_a_matrix_takes_a_fifth_of_what_pandas_would_send(bundled):
    [matrix] = exhibits.build(bundled, select(bundled), ["overlap.matrix"])

    assert size(matrix.plot.rows) * 5 < size(pa.Table.from_pandas(matrix.plot.frame, preserve_index=False))


@pytest.fixture(scope="module")
def larger(tmp_path_factory):
    """Ten times the villages of the bundled data."""
    folder = tmp_path_factory.mktemp("larger")
    sample.write(folder, 600, sample.SEED)
    return load(folder)


def test_what_is_sent_of_everything_does_not_grow_with_the_villages(bundled, larger):
    few, many = (
        sum(
            size(exhibit.plot.rows)
            for exhibit in exhibits.every(data, select(data))
            if exhibit.plot is not None
        )
        for data in (bundled, larger)
    )

    assert len(larger.villages) == 10 * len(bundled.villages)
    assert many < 2 * few


def test_a_spec_is_one_object_whatever_is_chosen(bundled):
    chosen = [
        select(bundled),
        *(select(bundled, [one]) for one in areas.listed(bundled, "2024-12-31", "then")),
    ]

    specs = [exhibits.build(bundled, selection, ["goals.progress"])[0].plot.spec for selection in chosen]

    assert all(spec is specs[0] for spec in specs)
