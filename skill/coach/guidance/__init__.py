"""Guidance: a plan is compiled to a script, delivered, and located when somebody interrupts."""
