"""Notes that came from paper and notes that go onto it."""
