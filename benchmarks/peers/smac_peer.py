"""SMAC3: HyperparameterOptimizationFacade (a random forest) with its defaults, for a deterministic target, so that no configuration is tried twice.

Initial points are told as trials that were never asked for and stand for its own initial design. A trial that diverged is StatusType.CRASHED, at
the cost of the worst trial so far: at an infinite one, SMAC's default, its forest can not be fitted. A suggestion that was not tried stays a running
one. It writes to the folder it runs in.
"""
from ConfigSpace import Categorical, ConfigurationSpace, Configuration, Float, InCondition, Integer
from smac import HyperparameterOptimizationFacade as Facade
from smac import Scenario
from smac.runhistory.dataclasses import TrialInfo, TrialValue
from smac.runhistory.enumerations import StatusType

# What SMAC takes for the seed of a deterministic target.
SEED = 0
# More than any comparison has; SMAC's own initial design, which would depend on it, is not used.
TRIALS = 100_000


def hyperparameter(p):
    if p.choices:
        return Categorical(p.name, p.choices)
    return (Integer if p.type == "integer" else Float)(p.name, (p.low, p.high), log=p.log)


class SmacPeer:
    def __init__(self, space, seed, initial, workers):
        self.space, self.worst = space, None
        self.configurations = ConfigurationSpace(seed=seed)
        self.configurations.add([hyperparameter(p) for p in space.parameters])
        for p in space.parameters:
            if p.parent is not None:
                self.configurations.add(InCondition(self.configurations[p.name], self.configurations[p.parent], p.when))
        scenario = Scenario(self.configurations, deterministic=True, n_trials=TRIALS, seed=seed)
        self.smac = Facade(
            scenario, lambda configuration, seed: 0.0, initial_design=Facade.get_initial_design(scenario, n_configs=0), logging_level=False, overwrite=True)
        for values, loss in initial:
            self.add(values, loss)

    def ask(self):
        info = self.smac.ask()
        return info, self.space.active(dict(info.config))

    def tell(self, info, values, loss):
        if loss is not None:
            self.worst = loss if self.worst is None else max(self.worst, loss)
        cost = self.worst if loss is None else loss
        status = StatusType.CRASHED if loss is None else StatusType.SUCCESS
        self.smac.tell(info, TrialValue(cost=1.0 if cost is None else cost, status=status), save=False)

    def withdraw(self, info):
        pass

    def add(self, values, loss):
        legal = {name: self.legal(self.configurations[name], value) for name, value in values.items()}
        self.tell(TrialInfo(Configuration(self.configurations, values=legal), seed=SEED), values, loss)

    def legal(self, hyperparameter, value):
        """ConfigSpace rounds the ends of a range, and takes no value beyond them."""
        return value if isinstance(value, str) else min(hyperparameter.upper, max(hyperparameter.lower, value))
