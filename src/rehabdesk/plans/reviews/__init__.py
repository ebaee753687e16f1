"""Reviews of plans: when one is due, its sitting, and how often at this site."""
