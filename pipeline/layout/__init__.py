"""Words with boxes to printed lines in reading order, each in its region of the page."""
