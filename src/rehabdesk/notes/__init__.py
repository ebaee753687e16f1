"""Session notes of every discipline: forms as data, drafts, signing, additions, entered in error, confidential encounters."""
