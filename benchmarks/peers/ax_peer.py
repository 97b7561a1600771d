"""Ax: its Client with the default generation strategy ("fast": Sobol, then a Gaussian process with qLogNEI).

Initial points are attached (attach_trial) and stand for its own, the centre and Sobol points. A trial that diverged is marked as abandoned, which Ax documents
for parameters that fail whenever they are tried; a failed trial, in its words, may be suggested again. Without conditions: a parameter that is
not there has the middle of its range.
"""
import torch
from ax.api.client import Client
from ax.api.configs import ChoiceParameterConfig, RangeParameterConfig

LOSS = "loss"


def config(name, p):
    if p.choices:
        return ChoiceParameterConfig(name=name, values=p.choices, parameter_type="str", is_ordered=False)
    return RangeParameterConfig(
        name=name, bounds=(p.low, p.high), parameter_type="int" if p.type == "integer" else "float", scaling="log" if p.log else "linear")


class AxPeer:
    def __init__(self, space, seed, initial, workers):
        torch.set_num_threads(1)
        self.space = space
        # Ax reads names as parts of formulas, in which a dot or a dash has a meaning.
        self.names = {p.name: f"p{i}" for i, p in enumerate(space.parameters)}
        self.client = Client(random_seed=seed)
        self.client.configure_experiment(parameters=[config(self.names[p.name], p) for p in space.parameters])
        self.client.configure_optimization(objective=f"-{LOSS}")
        finished = sum(loss is not None for _, loss in initial)
        self.client.configure_generation_strategy(initialization_budget=max(1, finished), initialize_with_center=False)
        for values, loss in initial:
            self.add(values, loss)

    def ask(self):
        (trial, parameters), = self.client.get_next_trials(max_trials=1).items()
        return trial, self.space.active({name: parameters[short] for name, short in self.names.items()})

    def tell(self, trial, values, loss):
        if loss is None:
            self.client.mark_trial_abandoned(trial)
        else:
            self.client.complete_trial(trial, raw_data={LOSS: loss})

    def withdraw(self, trial):
        self.client.mark_trial_failed(trial)

    def add(self, values, loss):
        trial = self.client.attach_trial({self.names[name]: value for name, value in self.space.filled(values).items()})
        self.tell(trial, values, loss)
