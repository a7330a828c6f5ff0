"""Speech to text: an interface and an engine a file."""
