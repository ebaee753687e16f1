"""The register: persons, legal stage, places, contacts, consents, and who works with whom (the caseload rule)."""
