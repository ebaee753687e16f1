"""Words that every room of the house shares. Standard library only; knows no feature, no database, no window."""
