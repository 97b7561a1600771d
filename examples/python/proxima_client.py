"""A study of Proxima's: ask for a configuration, train with it, tell what came of it. Python 3.9, nothing else; safe for several threads."""
import contextlib
import json
import subprocess
import threading


class ProximaError(Exception):
    """What the study answered that it can not do, and why."""


class Study:
    def __init__(self, space, proxima="./proxima", **options):
        """space: a JSON file; options: journal="study.db", strategy="gp", stopping="asha", grace=10, seed=1."""
        command = [proxima, "study", str(space), *(f"--{name}={value}" for name, value in options.items())]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
        self._lock = threading.Lock()
        start = self._request("space")
        self.trials = start["trials"]  # how many there were before
        self.pending = [self._trial(t) for t in start["pending"]]  # those of them to be run again

    def ask(self):
        """The next trial: its number, and a dictionary of values; with promotion, "steps" is one of them."""
        return self._trial(self._request("ask"))

    def tell(self, trial, loss=None, *, standard_error=None, **outcome):
        """What came of a trial: its loss, where NaN is diverged, and its standard error if known; or stopped=True; or diverged=step; or failed="why".
        A configuration of your own in place of the trial's number is a warm start. Returns the trial's number."""
        if (loss is not None) + len(outcome) != 1 or (standard_error is not None and loss is None):
            raise TypeError(f"tell takes a loss (and maybe its standard_error) or one of stopped, diverged and failed; got loss={loss}, standard_error={standard_error}, {outcome}")
        told = (outcome or {"loss": loss}) | ({} if standard_error is None else {"standardError": standard_error})
        return self._request("tell", **{"configuration" if isinstance(trial, dict) else "trial": trial}, **told)["trial"]

    def report(self, trial, step, loss):
        """A loss on the way. True where the trial should stop: then tell(trial, stopped=True)."""
        return self._request("report", trial=trial, step=step, loss=loss)["decision"] == "stop"

    def best(self, by_mean=False):
        """The trial with the lowest loss, or posterior mean: a dictionary of trial, configuration, loss and maybe mean. None where none has finished."""
        return self._request("recommend")["recommended"] if by_mean else self._request("best")["best"]

    _trial = staticmethod(lambda t: (t["trial"], t["configuration"] if "steps" not in t else {**t["configuration"], "steps": t["steps"]}))

    def __enter__(self):
        return self

    def close(self, *_):
        self._process.communicate()
    __exit__ = close

    def _request(self, request, **fields):
        with self._lock:
            with contextlib.suppress(BrokenPipeError):  # Where it has ended, it has no reply.
                print(json.dumps({"request": request, **fields}, default=float), file=self._process.stdin, flush=True)
            reply = self._process.stdout.readline()
        if not reply:
            raise ProximaError(f"proxima has ended with exit code {self._process.wait()}")
        if "error" in (reply := json.loads(reply)):
            raise ProximaError(reply["error"])
        return reply
