"""Groups and their meetings: one entry for all, and in nobody's record another person."""
