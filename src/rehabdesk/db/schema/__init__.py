"""Schemas in numbered steps; a step that has shipped is never edited."""
