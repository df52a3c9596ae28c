"""Numbers to drawable numbers, shared by figures, mobjects and scenes."""
