"""Request verification: signed by Amazon, for this skill, and made just now."""
