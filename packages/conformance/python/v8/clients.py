"""Clients of arize 8.42 that reach the platform by the variables a user would set."""

import os
import tempfile

from checks import HOST, KEYS, PORT, UNKNOWN_KEY

os.environ.update(
    {
        # As `axlab start` prints them. Up to 8.34 ARIZE_SINGLE_PORT is the port of Flight alone.
        "ARIZE_API_HOST": f"{HOST}:{PORT}",
        "ARIZE_OTLP_HOST": f"{HOST}:{PORT}",
        "ARIZE_FLIGHT_HOST": HOST,
        "ARIZE_FLIGHT_PORT": str(PORT),
        "ARIZE_API_SCHEME": "http",
        "ARIZE_OTLP_SCHEME": "http",
        "ARIZE_FLIGHT_SCHEME": "grpc+tcp",
        "ARIZE_ENABLE_CACHING": "false",
        "ARIZE_DIRECTORY": tempfile.mkdtemp(prefix="axlab-arize-"),
    }
)

from arize import ArizeClient  # noqa: E402

admin, member, reader, service, unknown = (
    ArizeClient(api_key=key) for key in [KEYS["admin"], KEYS["member"], KEYS["readOnly"], KEYS["service"], UNKNOWN_KEY]
)


def client_of(key):
    return ArizeClient(api_key=key)


# Every payload of this client goes over Flight.
over_flight = ArizeClient(api_key=KEYS["service"], max_http_payload_size_mb=-1)
