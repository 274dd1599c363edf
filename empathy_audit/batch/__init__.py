"""Find files, judge them in one process or several, and count: outcomes in input order, failures as values."""
