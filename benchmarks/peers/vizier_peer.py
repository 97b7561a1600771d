"""Vizier: the designer that its service uses by default (GP-UCB-PE), without the service.

Initial points are completed trials; with one at least it has no seed trials of its own. A trial that diverged is completed as infeasible. Without
conditions, which the designer refuses: a parameter that is not there has the middle of its range.
"""
import jax
from vizier import algorithms
from vizier import pyvizier as vz
from vizier.algorithms import designers

LOSS = "loss"

# As its service has it.
jax.config.update("jax_enable_x64", True)


def problem(space):
    statement = vz.ProblemStatement(metric_information=[vz.MetricInformation(LOSS, goal=vz.ObjectiveMetricGoal.MINIMIZE)])
    root = statement.search_space.root
    for p in space.parameters:
        if p.choices:
            root.add_categorical_param(p.name, p.choices)
        else:
            scale = vz.ScaleType.LOG if p.log else vz.ScaleType.LINEAR
            (root.add_int_param if p.type == "integer" else root.add_float_param)(p.name, p.low, p.high, scale_type=scale)
    return statement


class VizierPeer:
    def __init__(self, space, seed, initial, workers):
        self.space = space
        self.designer = designers.VizierGPUCBPEBandit(problem(space), rng=jax.random.PRNGKey(seed))
        self.trials, self.open = 0, {}
        for values, loss in initial:
            self.add(values, loss)

    def ask(self):
        suggestion, = self.designer.suggest(1)
        trial = self.trial(suggestion.parameters)
        self.open[trial.id] = trial
        self.update([])
        return trial.id, self.space.active({p.name: suggestion.parameters.get_value(p.name) for p in self.space.parameters})

    def trial(self, parameters):
        self.trials += 1
        return vz.Trial(id=self.trials, parameters=parameters)

    def update(self, completed):
        """The designer is told anew at each update which trials are being tried."""
        self.designer.update(algorithms.CompletedTrials(completed), algorithms.ActiveTrials(list(self.open.values())))

    def tell(self, handle, values, loss):
        del self.open[handle]
        self.add(values, loss)

    def withdraw(self, handle):
        del self.open[handle]
        self.update([])

    def add(self, values, loss):
        trial = self.trial(self.space.filled(values))
        trial.complete(vz.Measurement() if loss is None else vz.Measurement({LOSS: loss}), infeasibility_reason="diverged" if loss is None else None)
        self.update([trial])
