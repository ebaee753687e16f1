"""The file index of the lawyer and the person: what the file holds, record by record, and no word of any."""
