/// The 24 noiseless functions of the black-box optimization benchmark (Hansen, Finck, Ros and Auger 2009, "Real-parameter black-box optimization
/// benchmarking 2009: noiseless functions definitions", INRIA RR-6829), with the instances of COCO (Hansen et al. 2021).
///
/// | symbol | meaning |
/// |---|---|
/// | d | dimension, 2 or more |
/// | x | a point of [-5, 5]^d |
/// | z | x in changed coordinates |
/// | i | a coordinate, from 0; the report counts from 1 |
///
/// The report's penalties outside of [-5, 5]^d are 0 here.
@NullMarked
package proxima.bench.bbob;

import org.jspecify.annotations.NullMarked;
