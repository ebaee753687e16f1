"""Whom this desk trusts and who trusts it: roots, keys, cards, teams, and the ceremony of the 24 digits."""
