"""Rows to send, the same on every run, and the comparison with what comes back."""

import time

import numpy as np
import pandas as pd

# An hour ago, so that every row lies inside the window that is asked for.
START = int(time.time()) - 3600


def regression(rows):
    random = np.random.default_rng(7)
    return pd.DataFrame(
        {
            "id": [f"row-{n:06d}" for n in range(rows)],
            "ts": [START + n % 3000 for n in range(rows)],
            "distance": random.integers(50, 3000, rows),
            "speed": random.normal(400.0, 80.0, rows),
            "carrier": random.choice(["AA", "Zoë", "日本", ""], rows),
            "airport": random.choice(["SFO", "JFK"], rows),
            "predicted": random.normal(10.0, 30.0, rows),
            "delay": random.normal(12.0, 35.0, rows),
        }
    )


def classification(rows):
    random = np.random.default_rng(11)
    return pd.DataFrame(
        {
            "id": [f"row-{n:06d}" for n in range(rows)],
            "ts": [START + n % 3000 for n in range(rows)],
            "age": random.integers(18, 90, rows),
            "label": random.choice(["fraud", "fine"], rows),
            "score": random.random(rows),
            "truth": random.choice(["fraud", "fine"], rows),
            "truth_score": random.random(rows),
        }
    )


def seconds(series):
    """A time column, in whatever unit it travelled, as whole Unix seconds."""
    if pd.api.types.is_datetime64_any_dtype(series):
        return pd.to_datetime(series, utc=True).astype("datetime64[ns, UTC]").astype("int64").floordiv(10**9).tolist()
    values = series.astype("float64")
    unit = 1 if values.max() < 1e11 else 1e3 if values.max() < 1e14 else 1e9
    return (values // unit).astype("int64").tolist()


def same_columns(sent, received, by, names):
    """Compares columns value by value; `names` maps a column that was sent to the one that came back."""
    left = sent.sort_values(by).reset_index(drop=True)
    right = received.sort_values(names[by]).reset_index(drop=True)
    if len(left) != len(right):
        raise AssertionError(f"sent {len(left)} rows, got {len(right)}")
    for column, received_column in names.items():
        if received_column not in right.columns:
            raise AssertionError(f"{received_column} is missing; there are {sorted(right.columns)}")
        expected, actual = left[column].tolist(), right[received_column].tolist()
        wrong = [(n, e, a) for n, (e, a) in enumerate(zip(expected, actual)) if e != a]
        if wrong:
            raise AssertionError(f"{column} differs in {len(wrong)} of {len(expected)} rows, first {wrong[0]}")
