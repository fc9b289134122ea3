"""Every Python process of a server under test wakes up on the test's day: JOURNEY_OFFSET seconds from now.

Python itself imports a module of this name before anything else, also in workers and jobs that a process starts.
"""

import os
import time

import time_machine

time_machine.travel(time.time() + float(os.environ["JOURNEY_OFFSET"]), tick=True).start()
time.time()  # the travelled clock stands still until it is read for the first time
