"""Local smart speaker: it talks to the skill in Alexa's JSON, as a real device does."""
