"""What chaplains record: rounds of contacts, contributions, encounters, promises, and the month in numbers."""
