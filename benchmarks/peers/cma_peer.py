"""cma: CMAEvolutionStrategy in the unit cube, from the best initial point, with a quarter of the cube as first step size, as it advises.

It has no use for further initial points. A trial that diverged is passed over and another one sampled, as its ask_and_eval does for NaN. A row that
stands for a suggestion takes its place in the generation. Whole numbers and categories (one coordinate a choice) are relaxed, and rounded where
they are suggested; the strategy is told its own point.
"""
import cma


class CmaPeer:
    def __init__(self, space, seed, initial, workers):
        self.space = space
        finished = [(loss, values) for values, loss in initial if loss is not None]
        start = space.encode(min(finished, key=lambda f: f[0])[1]) if finished else [0.5] * space.dimension
        # A seed of 0 would be the clock.
        self.es = cma.CMAEvolutionStrategy(start, 0.25, {"bounds": [0, 1], "seed": seed + 1, "verbose": -9})
        self.generation = []

    def ask(self):
        x = self.es.ask(1)[0]
        return x, self.space.decode(x)

    def tell(self, x, values, loss):
        if loss is None:
            return
        self.generation.append((x, loss))
        if len(self.generation) == self.es.popsize:
            self.es.tell([x for x, _ in self.generation], [loss for _, loss in self.generation])
            self.generation = []

    def withdraw(self, x):
        pass

    def add(self, values, loss):
        self.tell(self.space.encode(values), values, loss)
