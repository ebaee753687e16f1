"""Clinical annexes: written and signed by psychologists, sealed to one clinician's own key."""
