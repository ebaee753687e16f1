"""The map of the house. What is it about? The folder. What does it do? The file name.

Kits, which know no feature; each is the one home of the libraries named:

    core/       words that every room shares: errors, clock, ids, dates, text, canonical JSON, files, processes
    db/         the truth and the indexes: encrypted files, the record log                          (sqlcipher3)
    seals/      keys, sealed records, certificates, PDF signatures, sealing  (cryptography, pyHanko, pyrage, asn1crypto)
    paper/      pages, right-to-left text, tables, QR       (reportlab, uharfbuzz, segno, pypdfium2, Pillow, Babel)
    ui/         the window's kit: frame, theme, jobs, forms, tables, spelling                      (PySide6, hunspell)

Features; each may use those above it, never those below:

    access/     the desk: key file, members, unlock, appending and reading records
    audit/      who did what
    people/     the register: persons, legal stage, contacts, consents, assignments
    notes/      session notes of every discipline; in rooms by subject: their forms, attachments, groups, alerts, …
    plans/      disengagement plans, goals, steps; in rooms: progress, reviews, programmes, conferences
    readiness/  release-readiness checklists
    handover/   packets as records and bytes; in rooms: from collecting and making to trust, checking, Inbox   (msgspec)
    overview/   my day, search, releases: reads the features above and owns no record

In a feature: `model` is what a record is and which rules hold, `store` how it lies in an index and is asked for,
`service` what people may do, `view` how it looks, `pdf` how it prints, `wire` how it stands in a file for others. One
subject may have files of its own with that ending (`domain_service.py`), and where these grow many, a room of its own
(`plans/reviews/`), whose `__init__` says in one line what is in it.

`__main__.py` is the command line, `demo.py` the invented caseload. Files that are data lie in resources/. The arrows
between all these are stated, and held, by tests/test_architecture.py.
"""

__version__ = "0.1.0"
