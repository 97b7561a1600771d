/// Training on the PyTorch engine: a flat vector of parameters, each module's part of it moved by an update rule, schedules, and the loop.
///
/// | symbol | meaning |
/// |---|---|
/// | S | steps of the whole training |
/// | t | step, from 1 |
/// | g | gradient of the training loss, all modules in one vector |
/// | m, v | AdamW's first and second moment; other rules keep what `Kernel` says |
///
/// With `proxima.proxy` the only package that imports the engine. AdamW: Loshchilov and Hutter 2019, in the convention of `torch.optim.AdamW`.
@NullMarked
package proxima.train;

import org.jspecify.annotations.NullMarked;
