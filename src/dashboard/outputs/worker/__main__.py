"""The life of a worker: take work from stdin, do it, answer on stdout, until the server is gone."""

import os
import pickle
import signal
import sys
import traceback


def main() -> None:
    """Work until stdin ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C ends the server, and its end ends this
    if hasattr(os, "nice"):
        os.nice(int(sys.argv[1]))
    # What a library prints must not stand between the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    while True:
        try:
            function, args, kwargs = pickle.load(sys.stdin.buffer)  # nosec B301 # from the server
        except EOFError:
            return
        try:
            answer = pickle.dumps((True, function(*args, **kwargs)))
        except Exception:
            answer = pickle.dumps((False, traceback.format_exc()))
        answers.write(answer)
        answers.flush()


if __name__ == "__main__":
    main()
