"""A search space as proxima.space has it: parameters by name, and the unit cube that they lie in."""
import math


class Parameter:
    def __init__(self, json):
        self.name, self.type = json["name"], json["type"]
        self.low, self.high, self.log = json.get("low"), json.get("high"), json.get("log", False)
        self.choices = json.get("choices", [])
        when = json.get("when")
        self.parent, self.when = (when["parameter"], when["values"]) if when else (None, [])

    def active(self, values):
        """Whether it is there beside these values of the parameters before it."""
        return self.parent is None or values.get(self.parent) in self.when

    @property
    def width(self):
        """How many coordinates of the cube it takes: one, or one for each choice."""
        return len(self.choices) or 1

    @property
    def middle(self):
        return self.decode([0.5] * self.width)

    def encode(self, value):
        if self.choices:
            return [float(c == value) for c in self.choices]
        low, high, value = self._ends(value)
        return [min(1.0, max(0.0, (value - low) / (high - low)))]

    def decode(self, x):
        if self.choices:
            return self.choices[max(range(len(x)), key=lambda i: x[i])]
        low, high, _ = self._ends(self.low)
        value = low + float(x[0]) * (high - low)
        return self.clip(math.exp(value) if self.log else value)

    def clip(self, value):
        """A value of its type within its range: what a package makes of a range may be off by a rounding."""
        if self.choices:
            return value
        value = min(self.high, max(self.low, value))
        return int(round(value)) if self.type == "integer" else float(value)

    def _ends(self, value):
        """The ends of its range and a value, on the scale on which it is uniform: a whole number is the middle of a cell."""
        low, high = (self.low - 0.5, self.high + 0.5) if self.type == "integer" else (self.low, self.high)
        if not self.log:
            return low, high, value
        if self.type == "integer":
            return math.log(low), math.log(high), (math.log(value - 0.5) + math.log(value + 0.5)) / 2
        return math.log(low), math.log(high), math.log(value)


class Space:
    def __init__(self, json):
        self.parameters = [Parameter(p) for p in json]
        self.dimension = sum(p.width for p in self.parameters)

    def active(self, values):
        """Without the values of parameters that are not there beside the others."""
        kept = {}
        for p in self.parameters:
            if p.active(kept):
                kept[p.name] = p.clip(values[p.name])
        return kept

    def filled(self, values):
        """With the middle of each parameter that is not there, for packages that have no conditions."""
        return {p.name: values.get(p.name, p.middle) for p in self.parameters}

    def encode(self, values):
        return [u for p in self.parameters for u in (p.encode(values[p.name]) if p.name in values else [0.5] * p.width)]

    def decode(self, x):
        values, offset = {}, 0
        for p in self.parameters:
            values[p.name] = p.decode(x[offset:offset + p.width])
            offset += p.width
        return self.active(values)
