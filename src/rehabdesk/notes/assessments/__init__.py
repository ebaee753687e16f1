"""Markers that an assessment with an instrument exists elsewhere; never what it says."""
