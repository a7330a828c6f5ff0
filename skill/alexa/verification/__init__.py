"""Whether a request is Amazon's, for this skill, fresh, and not seen before."""
