"""Publishing: what is done once a site is public."""
