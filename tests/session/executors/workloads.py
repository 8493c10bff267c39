"""What the tests give to worker processes; these import it by name."""

import ctypes
import os
import signal
import time


def double(number):
    return 2 * number


def die_once(task):
    """Kill the own process at the first call with a marker, succeed at the second."""
    number, marker = task
    if number == 3 and not os.path.exists(marker):
        with open(marker, "w"):
            pass
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.01)
    return number


def total(numbers):
    """The sum of some numbers, of which 13 kills, 14 reads where nothing is, and 15 never ends."""
    for number in numbers:
        if number == 13:
            os._exit(3)
        if number == 14:
            ctypes.string_at(0)
        if number == 15:
            hold()
    return sum(numbers)


def hold():
    """Go on for ever, and let nothing else in this process go on."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
    ctypes.PyDLL(None).pause()


def fail(number):
    raise ValueError(number)


def die_once_or_always(task):
    """The same for item 3; item 6 kills the process whenever it is run."""
    number, _ = task
    if number == 6:
        os.kill(os.getpid(), signal.SIGKILL)
    return die_once(task)
