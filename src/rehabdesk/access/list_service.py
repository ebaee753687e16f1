"""Several records opened for a list that shows pieces of them: logged as one entry with the number (vault.md 6.2)."""

from collections.abc import Sequence

from rehabdesk.access.model import READING_IS_LOGGED
from rehabdesk.access.service import Desk
from rehabdesk.db.projection import SearchText


def read_for_list(desk: Desk, comp: str, rids: Sequence[str]) -> dict[str, str]:
    """By record id the words that search finds each by, from the decrypted record compared with its hash.

    In compartments whose reading is logged the entry is committed first; if it cannot be, nothing is given.
    """
    if comp in READING_IS_LOGGED and rids:
        desk.log("list", comp=comp, extra={"count": len(rids)})
    index, words = desk.index_file(comp), {}
    for rid in rids:
        row = desk.truth.newest(rid)
        seen = None if row is None else index.seen(rid, row.ver)
        if row is None or seen is None or row.h != seen[0]:
            continue  # a row that was replaced is told by the check of the desk
        found: SearchText | None = index.words_of(index.opened(row, seen[1], seen[2]))
        if found is not None:
            words[rid] = "\n".join(part for part in (found.title, found.body) if part)
    return words
