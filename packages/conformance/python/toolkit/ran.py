"""Which public methods of the client the checks call themselves, so that one that is never called fails the run."""

import functools
import inspect

from arize_toolkit import Client

PUBLIC = {name for name, _ in inspect.getmembers(Client) if not name.startswith("_")}
CALLED = set()
_depth = 0


def _counted(name, method):
    @functools.wraps(method)
    def call(*arguments, **named):
        global _depth
        # What a method calls on its own is no call of a check.
        if _depth == 0:
            CALLED.add(name)
        _depth += 1
        try:
            return method(*arguments, **named)
        finally:
            _depth -= 1

    return call


def count_calls():
    """Puts a counter before every public method; what the method does stays its own."""
    for name in PUBLIC:
        found = inspect.getattr_static(Client, name)
        if isinstance(found, property):
            setattr(Client, name, property(_counted(name, found.fget)))
        elif isinstance(found, (staticmethod, classmethod)):
            setattr(Client, name, type(found)(_counted(name, found.__func__)))
        else:
            setattr(Client, name, _counted(name, found))


def never_called():
    return sorted(PUBLIC - CALLED)
