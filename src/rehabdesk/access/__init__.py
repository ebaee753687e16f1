"""The desk: its members, how it is made, unlocked and locked, and the one way in which features read and write records.

Nothing outside `db`, `seals` and this folder holds a key.
"""
