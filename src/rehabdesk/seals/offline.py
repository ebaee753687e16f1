"""Runs library code that is written for a network, without one: no loop, no sockets, no waiting."""

import importlib
import importlib.util
import sys
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

NETWORK = frozenset(
    {"aiohttp", "requests", "urllib3", "httpx", "http.client", "urllib.request", "ftplib", "smtplib", "ssl", "_ssl"}
)
"""What no examiner imports. `socket` alone cannot be kept out: the standard library's event loop names it."""
_WITH_SIGNER = "pyhanko.sign"
_EXAMINING = (
    "asn1crypto.crl",
    "cryptography.hazmat.backends.openssl.backend",
    "cryptography.hazmat.primitives.asymmetric.ec",
    "lxml.etree",
    "pyhanko.pdf_utils.filters",
    "pyhanko.pdf_utils.reader",
    "pyhanko.sign.validation",
    "pyhanko_certvalidator",
)


def complete(steps: Coroutine[Any, Any, T]) -> T:
    """The result of `steps`, which must never have to wait. RuntimeError if it does: then it tried to go online."""
    try:
        steps.send(None)
    except StopIteration as finished:
        result: T = finished.value
        return result
    steps.close()
    raise RuntimeError("the library waited for something although nothing may be fetched")


class _NoNetwork:
    """First among the finders of modules: what reaches a network is not there."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> None:  # noqa: ARG004 - Python's own form
        if name in NETWORK:
            raise ModuleNotFoundError(f"{name} is not loaded where foreign files are examined", name=name)


def load_examiner() -> None:
    """In a child process, before anything else: loads what examines signatures, and shuts out what reaches a network.

    pyHanko's package of signatures begins by loading all that signs, and with it a client for time stamps and its
    network library: half of all that it loads. Examining needs none of them, so the package is entered without its
    beginning. ImportError, or AttributeError, where a newer pyHanko does need it: its upgrade is then not finished.
    """
    sys.meta_path.insert(0, _NoNetwork)
    found = importlib.util.find_spec(_WITH_SIGNER)
    if found is None:
        raise ModuleNotFoundError(_WITH_SIGNER, name=_WITH_SIGNER)
    sys.modules[_WITH_SIGNER] = importlib.util.module_from_spec(found)
    for name in _EXAMINING:
        importlib.import_module(name)
