"""Files that belong to signed notes: looked at in a limited child, sealed, shown as pictures or plain text."""
