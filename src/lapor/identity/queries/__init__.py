"""Questions about reporters; the only place where what is sealed is opened to be read."""
