"""What every script here uses: one JSON line on stdout for each check, read by src/support/python.ts."""

import base64
import contextlib
import json
import os
import sys
import traceback
import uuid

PLATFORM = json.loads(os.environ["AXLAB_CONTRACT"])
KEYS = PLATFORM["keys"]
SPACE = PLATFORM["space"]["id"]
ORGANIZATION = PLATFORM["organization"]["id"]
HOST = PLATFORM["host"]
PORT = PLATFORM["port"]
# One character changed: well formed to a reader, and not a key of anybody.
UNKNOWN_KEY = KEYS["admin"][:-1] + ("b" if KEYS["admin"].endswith("a") else "a")
SCRIPTS = os.path.dirname(os.path.abspath(__file__)) + os.sep

_stdout = sys.stdout


class Lacking(Exception):
    """This version of the client does not have what the check is about."""


def unique(stem):
    """A name that nobody else in this run has."""
    return f"{stem}-{uuid.uuid4().hex[:10]}"


def absent(kind):
    """A global id of the right form that belongs to nothing."""
    return base64.b64encode(f"{kind}:987654321:zZzZ".encode()).decode()


def pages(call, field, **arguments):
    """Every item of a list call, two at a time."""
    items, cursor = [], None
    while True:
        answer = call(limit=2, cursor=cursor, **arguments)
        items += getattr(answer, field)
        cursor = answer.pagination.next_cursor
        if not answer.pagination.has_more:
            return items


def is_lack(error):
    """
    Whether the error says that this version of the client does not have what the script calls: the script's own line
    raised it, not a line of the client, which would be an answer that the client could not read.
    """
    while isinstance(error, AssertionError) and error.__cause__ is not None:
        error = error.__cause__
    if isinstance(error, Lacking):
        return True
    innermost = traceback.extract_tb(error.__traceback__)[-1].filename
    # The wrapper that marks calls of a release candidate passes every argument on.
    ours = innermost.startswith(SCRIPTS) or innermost.endswith(("arize/pre_releases.py", "arize/_lazy.py"))
    missing = "unexpected keyword argument", "has no attribute", "missing 1 required", "is not defined", "No module named", "cannot import"
    return ours and "NoneType" not in str(error) and any(text in str(error) for text in missing)


@contextlib.contextmanager
def check(name):
    """Runs one check, named "call: what is checked"; an exception fails it and the script goes on."""
    ok, detail, lacks = True, "", False
    try:
        yield
    except Exception as error:
        ok, detail, lacks = False, traceback.format_exc(limit=-6)[-4000:], is_lack(error)
    _stdout.write("\n" + json.dumps({"name": name, "ok": ok, "detail": detail, "lacks": lacks}) + "\n")
    _stdout.flush()


def equal(actual, expected, what="value"):
    if actual != expected:
        raise AssertionError(f"{what}: expected {repr(expected)[:500]}, got {repr(actual)[:500]}")


def holds(condition, what):
    if not condition:
        raise AssertionError(what)


def causes(error):
    """The error and everything that caused it."""
    chain = []
    while error is not None:
        chain.append(error)
        error = error.__cause__ or error.__context__
    return chain


@contextlib.contextmanager
def refused(*kinds, text=""):
    """Expects an exception that is, or was caused by, one of the given classes and whose message holds the text."""
    try:
        yield
    except Exception as error:
        chain = causes(error)
        if not any(isinstance(one, kinds) for one in chain):
            raise AssertionError(f"refused with {[type(one).__name__ for one in chain]}, expected {[kind.__name__ for kind in kinds]}: {error}") from error
        if any("is no operation" in str(one) for one in chain):
            raise AssertionError("the platform does not have this operation yet") from error
        if not any(text in str(one) for one in chain):
            raise AssertionError(f"no message holds {text!r}: {[str(one) for one in chain]}") from error
        return
    raise AssertionError(f"was answered; expected {[kind.__name__ for kind in kinds]}")
