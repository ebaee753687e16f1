"""Handover packets: what is in them, how they are signed, sealed, checked and judged."""
