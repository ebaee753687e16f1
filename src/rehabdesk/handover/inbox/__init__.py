"""Packets that came: first seen, kept, taken apart, accepted item by item."""
