/// A neural network as a list of its parameter tensors, the hyperparameters each of them has, and the search space over them.
///
/// | symbol | meaning |
/// |---|---|
/// | fan-in, fan-out | of one tensor: the columns and rows of a weight in the layout (out, in) |
/// | type | what a tensor is, whatever its block: `attn.q`, `mlp.up`; tensors of one type share their factors |
/// | branch | the residual branch a tensor belongs to: `attn`, `mlp` |
/// | factor | a positive multiple of a global value; of 1 - beta for the betas |
/// | octave | a factor of 2 |
///
/// Source of the parameterisation: Complete(d)P, arXiv 2512.22382 (type x depth factorisation).
@NullMarked
package proxima.module;

import org.jspecify.annotations.NullMarked;
