"""Serves an optimizer of a Python package as a study: one JSON object a line on standard input and output, as examples/python/README.md has it.

    python server.py NAME

An optimizer is a class of the module in PEERS:

    Optimizer(space, seed, initial, workers)    initial: pairs of values and loss, told before the first ask; the loss is None where a trial diverged;
                                                workers: so many suggestions are open at once at most
    ask() -> (handle, values)          values of the parameters that are there; the handle is the package's own and may be None
    tell(handle, values, loss)         what came of a suggestion
    add(values, loss)                  what came of values that were never asked for
    withdraw(handle)                   a suggestion that was not tried

It is made at the first ask, so that what a package does at its start can know the initial points. What its module imports, and does in
load(**arguments) where it has that, comes before the first reply, and is no part of a suggestion's time.
"""
import functools
import importlib
import importlib.metadata
import json
import os
import signal
import sys
import traceback

from space import Space

# The module, the class and its further arguments, and the packages whose versions say what ran, the optimizer's own first.
PEERS = {
    "botorch": ("botorch_peer", "BotorchPeer", {}, ["botorch", "gpytorch", "torch"]),
    "turbo": ("turbo_peer", "TurboPeer", {}, ["botorch", "gpytorch", "torch"]),
    "ax": ("ax_peer", "AxPeer", {}, ["ax-platform", "botorch", "torch"]),
    "optuna-tpe": ("optuna_peer", "OptunaPeer", {"sampler": "tpe"}, ["optuna"]),
    "optuna-gp": ("optuna_peer", "OptunaPeer", {"sampler": "gp"}, ["optuna", "torch"]),
    "hebo": ("hebo_peer", "HeboPeer", {}, ["HEBO", "gpytorch", "torch", "pymoo"]),
    "smac": ("smac_peer", "SmacPeer", {}, ["smac", "ConfigSpace", "scikit-learn"]),
    "vizier": ("vizier_peer", "VizierPeer", {}, ["google-vizier", "jax"]),
    "cma": ("cma_peer", "CmaPeer", {}, ["cma"]),
}


class Session:
    def __init__(self, name):
        module, optimizer, arguments, packages = PEERS[name]
        package = importlib.import_module(module)
        if hasattr(package, "load"):
            package.load(**arguments)
        self.make = functools.partial(getattr(package, optimizer), **arguments)
        self.name = name
        self.server = ", ".join(f"{p} {importlib.metadata.version(p)}" for p in packages)
        self.space = self.optimizer = None
        self.initial, self.open, self.trials = [], {}, 0

    def answer(self, request):
        kind = request.get("request")
        if kind == "space" and self.space is None:
            self.json, self.space = request["space"], Space(request["space"])
            self.seed, self.workers = request["seed"], request.get("workers", 1)
            return {"server": self.server, "strategy": self.name, "seed": self.seed, "trials": 0, "pending": [], "space": self.json}
        if self.space is None or kind not in ("ask", "tell"):
            return {"error": f"there is no request '{kind}' here: first 'space' with a space and a seed, once, then ask and tell"}
        return self.ask() if kind == "ask" else self.tell(request)

    def ask(self):
        if self.optimizer is None:
            self.optimizer = self.make(self.space, self.seed, self.initial, self.workers)
        handle, values = self.optimizer.ask()
        trial = self.number()
        self.open[trial] = handle, values
        return {"trial": trial, "configuration": values}

    def tell(self, request):
        trial = request["trial"] if "trial" in request else self.number()
        loss = request.get("loss")
        if "failed" in request:
            if "trial" in request:
                self.optimizer.withdraw(self.open.pop(trial)[0])
            return {"trial": trial, "outcome": "failed"}
        if "trial" in request:
            handle, values = self.open.pop(trial)
            self.optimizer.tell(handle, values, loss)
        elif self.optimizer is None:
            self.initial.append((request["configuration"], loss))
        else:
            self.optimizer.add(request["configuration"], loss)
        return {"trial": trial, "outcome": "diverged" if loss is None else "finished"}

    def number(self):
        self.trials += 1
        return self.trials - 1


def main():
    # Ctrl-C goes to every process of a terminal; the comparison ends this one when it has stopped.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What a package prints is no reply.
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    try:
        session = Session(sys.argv[1])
        for line in sys.stdin:
            print(json.dumps(session.answer(json.loads(line))), file=replies, flush=True)
    except Exception as e:
        traceback.print_exc()
        # The last line of standard error is what a comparison keeps.
        print(f"{type(e).__name__}: {' '.join(str(e).split())}", file=sys.stderr)
        sys.exit(1)


main()
