"""
Runs a script with a version of a client that it was not written for: `other_versions.py v8/datasets.py`. A name that
this version does not have can be imported all the same, and the checks that use it are reported as lacking.
"""

import builtins
import os
import runpy
import sys
import types

from checks import SCRIPTS, Lacking


class Missing(type):
    """The class of a stand-in for a class of the client."""

    def __getattr__(cls, name):
        if name.startswith("__"):
            raise AttributeError(name)
        raise Lacking(f"the client has no {cls.__name__}")

    def __call__(cls, *_, **__):
        raise Lacking(f"the client has no {cls.__name__}")


def leniently(original):
    def imported(name, globals=None, locals=None, fromlist=(), level=0):
        ours = (globals or {}).get("__file__", "").startswith(SCRIPTS)
        if not ours or not fromlist or name.split(".")[0] != "arize":
            return original(name, globals, locals, fromlist, level)
        try:
            module = original(name, globals, locals, fromlist, level)
        except ModuleNotFoundError:
            module = None
        # An exception class, so that `refused` may be given it as well.
        found = {one: getattr(module, one, None) or Missing(one, (Exception,), {}) for one in fromlist}
        return types.SimpleNamespace(**found)

    return imported


script = os.path.abspath(sys.argv[1])
sys.path.insert(0, os.path.dirname(script))
builtins.__import__ = leniently(builtins.__import__)
runpy.run_path(script, run_name="__main__")
