"""Forms as data: read, asked, answered, kept as they were signed, printed empty."""
