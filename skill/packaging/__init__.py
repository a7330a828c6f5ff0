"""Package builder: the skill as an ask-cli project, what Amazon is told about it, in files."""
