"""Programmes that a person takes part in, and their sessions."""
