"""My day, releases, the first page of a person: reads the other features and owns no record."""
