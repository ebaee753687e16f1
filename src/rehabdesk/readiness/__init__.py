"""Release readiness: the checklist from arrival of the date to the first weeks outside, and conditions in plain words.

Nothing here can delay a lawful release (domain.md 9.1).
"""
