"""What a packet is: its sections, profiles, readers, number, and its form in a file."""
