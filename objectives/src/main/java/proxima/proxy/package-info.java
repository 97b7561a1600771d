/// Proxies: small networks that list their modules, the data they learn, and objectives that train them.
///
/// | symbol | meaning |
/// |---|---|
/// | d, L | width of the residual stream, blocks |
/// | H, h | heads, head width |
/// | B, T | sequences in a batch, tokens in a sequence |
/// | V | vocabulary |
/// | r | residual multiplier of a branch in a block |
/// | E, k | experts in a block, those that a token goes to |
///
/// Descriptions of networks and data are plain values; the engine is loaded only when something is trained.
@NullMarked
package proxima.proxy;

import org.jspecify.annotations.NullMarked;
