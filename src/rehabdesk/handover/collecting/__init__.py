"""From the records of the desk to the sections of a packet, and what must not be in it."""
