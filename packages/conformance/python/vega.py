"""Data sets of npm `vega-datasets`, as data frames, and the comparison with what comes back."""

import json
import math
import pathlib

import pandas as pd

FILES = pathlib.Path(__file__).parent.parent / "node_modules" / "vega-datasets" / "data"


def frame(name):
    rows = pd.DataFrame(json.loads((FILES / f"{name}.json").read_text(encoding="utf-8")))
    if name == "movies":
        # Titles are texts and numbers; an Arrow column holds one type.
        rows["Title"] = rows["Title"].map(lambda title: None if title is None else str(title))
    return rows


def plain(value):
    """Missing values are None or NaN, depending on the column's type."""
    return None if value is None or (isinstance(value, float) and math.isnan(value)) else value


def same(sent, received):
    """Compares all columns value by value, in the order of the rows."""
    if len(sent) != len(received):
        raise AssertionError(f"sent {len(sent)} rows, got {len(received)}")
    for column in sent.columns:
        expected = [plain(value) for value in sent[column].tolist()]
        actual = [plain(value) for value in received[column].tolist()]
        wrong = [(n, e, a) for n, (e, a) in enumerate(zip(expected, actual)) if e != a]
        if wrong:
            raise AssertionError(f"{column} differs in {len(wrong)} of {len(expected)} rows, first {wrong[0]}")
