"""What happens after the seal: receipts, feedback, status lists, replacing, withdrawing."""
