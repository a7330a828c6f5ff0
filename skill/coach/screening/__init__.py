"""Screening: the safety questions, and whether somebody is cleared."""
