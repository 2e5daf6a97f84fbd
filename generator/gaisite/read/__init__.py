"""Reading: from files to frozen values, every mistake with its place."""
