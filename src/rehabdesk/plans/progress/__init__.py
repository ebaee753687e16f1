"""Progress on the ten domains in words, in both voices; never a number."""
