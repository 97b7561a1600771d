"""HEBO: its optimizer with its defaults.

Initial points are observed and stand for its own quasi-random ones (rand_sample). A trial that diverged is observed as NaN, which HEBO leaves out.
Without conditions: a parameter that is not there has the middle of its range. All its randomness comes from the global generators.
"""
import numpy as np
import pandas as pd
import torch
from hebo.design_space.design_space import DesignSpace
from hebo.optimizers.hebo import HEBO


def parameter(p):
    if p.choices:
        return {"name": p.name, "type": "cat", "categories": p.choices}
    kind = ("pow_int" if p.log else "int") if p.type == "integer" else ("pow" if p.log else "num")
    return {"name": p.name, "type": kind, "lb": p.low, "ub": p.high}


class HeboPeer:
    def __init__(self, space, seed, initial, workers):
        torch.set_num_threads(1)
        torch.manual_seed(seed)
        np.random.seed(seed)
        self.space = space
        finished = sum(loss is not None for _, loss in initial)
        self.hebo = HEBO(DesignSpace().parse([parameter(p) for p in space.parameters]), rand_sample=finished, scramble_seed=seed)
        for values, loss in initial:
            self.add(values, loss)

    def ask(self):
        row = self.hebo.suggest(n_suggestions=1).iloc[0]
        return None, self.space.active({p.name: row[p.name] for p in self.space.parameters})

    def tell(self, handle, values, loss):
        self.add(values, loss)

    def withdraw(self, handle):
        pass

    def add(self, values, loss):
        self.hebo.observe(pd.DataFrame([self.space.filled(values)]), np.array([[np.nan if loss is None else loss]]))
