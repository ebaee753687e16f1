"""A packet in preparation: typed, put together, laid out, signed, sealed, delivered."""
