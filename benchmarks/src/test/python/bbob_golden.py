"""The values of COCO's own functions: pip install coco-experiment==2.8.2; python bbob_golden.py > ../resources/proxima/bench/bbob/golden.csv

Coordinate i of point k is 10 frac((k + 1) sqrt(i + 2)) - 5, so that no point needs to be stored. Point -1 is the optimum.
"""
import math
import os
import tempfile

import cocoex


def points(problem):
    problem._best_parameter("print")
    with open("._bbob_problem_best_parameter.txt") as file:
        yield -1, [float(word) for word in file.read().split()]
    for k in range(3):
        yield k, [10 * math.modf((k + 1) * math.sqrt(i + 2))[0] - 5 for i in range(problem.dimension)]


os.chdir(tempfile.mkdtemp())
print("function,dimension,instance,point,value")
for problem in cocoex.Suite("bbob", "instances: 1,2,5", "dimensions: 2,3,5,10,40"):
    function, dimension, instance = problem.id_triple
    for k, x in points(problem):
        print(f"{function},{dimension},{instance},{k},{float(problem(x))!r}")
