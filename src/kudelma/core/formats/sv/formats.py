DAY_FORMAT = r"l \d\e\n j F"
LONG_DAY_FORMAT = r"l \d\e\n j F Y"
SHORT_DAY_FORMAT = "D j.n"
TIME_FORMAT = "G.i"
