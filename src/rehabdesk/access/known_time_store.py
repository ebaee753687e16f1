"""When the entries of the chain were made, read without the rest of them."""

from collections.abc import Iterator

from rehabdesk.db.truth import Truth

_PAGE = 5_000


def entry_times(truth: Truth, after: int) -> Iterator[tuple[int, str, str]]:
    """(number, stamp, deed) of every entry after number `after`, in order, read in pages.

    What is no entry is left out: the check of the desk speaks of it.
    """
    while True:
        page = truth.connection.rows(
            """SELECT seq, json_extract(body, '$.t'), json_extract(body, '$.a') FROM audit
            WHERE seq > :after AND json_valid(body) ORDER BY seq LIMIT :page""",
            {"after": after, "page": _PAGE},
        )
        for n, at, deed in page:
            yield int(n), str(at), str(deed)
        if len(page) < _PAGE:
            return
        after = int(page[-1][0])
