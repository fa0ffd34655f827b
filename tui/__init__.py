"""carrel's screen: the reader in the terminal, and the command line."""
