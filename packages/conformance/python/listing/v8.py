"""Every public method of the client of arize 8, one `subclient.method` a line."""

import os
import tempfile

os.environ["ARIZE_DIRECTORY"] = tempfile.mkdtemp(prefix="axlab-arize-")

from arize import ArizeClient  # noqa: E402

client = ArizeClient(api_key="none")
for name in sorted(name for name in dir(type(client)) if not name.startswith("_")):
    value = getattr(client, name)
    if callable(value):
        print(name)
    elif type(value).__module__.startswith("arize."):
        for method in sorted(dir(value)):
            if not method.startswith("_") and callable(getattr(value, method)):
                print(f"{name}.{method}")
