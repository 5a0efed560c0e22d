"""Records that travel between the stations, settings and errors; imports nothing of ours."""
