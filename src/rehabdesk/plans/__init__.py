"""Disengagement plans: goals, steps, agreement, progress in words. Words never become numbers here (domain.md 8.4)."""
