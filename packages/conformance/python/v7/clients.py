"""Clients of arize 7.40 to 7.52 that reach the platform without TLS, made the way the installed version takes it."""

import inspect

from arize.experimental.datasets import ArizeDatasetsClient
from arize.pandas.logger import Client

from checks import HOST, PLATFORM, PORT, SPACE, Lacking

TRACES = f"http://{HOST}:{PORT}/v1"


def takes(made, argument):
    return argument in inspect.signature(made).parameters


def datasets_client(key):
    # Versions without `insecure` read it from the scheme of the endpoint.
    plain = {"insecure": True} if takes(ArizeDatasetsClient, "insecure") else {}
    return ArizeDatasetsClient(api_key=key, host=HOST, port=PORT, scheme="grpc+tcp", otlp_endpoint=TRACES, **plain)


def logger(key):
    """Logs over HTTP and, from the version that takes `scheme`, over Flight. Before it Flight needs TLS: see tls.py."""
    plain = {"scheme": "grpc+tcp"} if takes(Client, "scheme") else {}
    return Client(api_key=key, space_id=SPACE, uri=f"{PLATFORM['url'].rstrip('/')}/v1", host=HOST, port=PORT, **plain)


def flight_logger(key):
    if not takes(Client, "scheme"):
        raise Lacking("Client(scheme=): Flight without TLS")
    return logger(key)
