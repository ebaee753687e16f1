"""Safety alerts, and what passes the line of command by: disclosures and requests as letters."""
