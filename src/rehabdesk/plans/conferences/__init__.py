"""Conferences about a person: invitations, minutes, decisions, and what each seat may read."""
