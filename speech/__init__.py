"""How guidance sounds, and how long it takes. Knows nothing of the skill."""
