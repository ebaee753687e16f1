"""Session notes of every discipline: forms as data, drafts, signing, additions, confidential encounters."""
