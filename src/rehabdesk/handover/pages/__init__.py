"""The pages of a packet, section by section, and the words that stand on them."""
