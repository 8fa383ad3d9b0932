"""Rows as they go to a browser: the same values in as few bytes as Arrow can hold them."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa

# Below so many rows a dictionary of values takes more room than the values.
_WORTH_A_DICTIONARY = 24
_WHOLE = (pa.int8(), pa.int16(), pa.int32())


def compact(frame: pd.DataFrame) -> pa.Table:
    """The frame's columns as an Arrow table, in the frame's order, without its index.

    Whole numbers take the fewest bytes that hold them all, a text that repeats is written once, and what
    pandas notes for itself is left out: of the 69 kB of a matrix 11 remain.
    """
    table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    for place, name in enumerate(table.column_names):
        table = table.set_column(place, name, _smaller(table.column(place)))
    return table


def _smaller(column: pa.ChunkedArray) -> pa.ChunkedArray:
    kind = column.type
    if pa.types.is_int64(kind):
        return _fitted(column)
    if pa.types.is_large_string(kind):
        column = column.cast(pa.string())
    elif not (pa.types.is_string(kind) or pa.types.is_floating(kind)):
        return column
    if len(column) < _WORTH_A_DICTIONARY:
        return column
    encoded = column.combine_chunks().dictionary_encode()
    values = encoded.dictionary
    if len(values) * 2 > len(column):
        return column
    indices = _fitted(pa.chunked_array([encoded.indices])).combine_chunks()
    return pa.chunked_array([pa.DictionaryArray.from_arrays(indices, values)])


def _fitted(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Whole numbers in the smallest type that holds them."""
    for kind in _WHOLE:
        try:
            return column.cast(kind)
        except pa.ArrowInvalid:
            continue
    return column
