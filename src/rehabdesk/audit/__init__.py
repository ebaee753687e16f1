"""The append-only record of who did what, and whether the desk is whole.

Reads, checks and shows; `db` writes the chain.
"""
