"""Checking a file from outside: the limited children, the verdict and its words, reading what was checked."""
