/// A study for programs in any language: one JSON object a line, each request with exactly one reply, in order.
///
/// | request | further fields | reply |
/// |---|---|---|
/// | `space` | maybe `space`, `seed` | `server`, `strategy`, `seed`, `trials` (how many), `pending` (a list of `trial` and `configuration`), `space` |
/// | `ask` | | `trial`, `configuration`; maybe `steps`, how long to train |
/// | `tell` | `trial` or `configuration`; `loss`, maybe with `standardError`, `stopped`, `diverged` or `failed` | `trial`, `outcome`; maybe `known`, where a configuration was told the same before |
/// | `report` | `trial`, `step`, `loss` | `trial`, `step`, `decision` |
/// | `best` | | `best`: `trial`, `configuration`, `loss`; or null |
/// | `recommend` | | `recommended`: `trial`, `configuration`, `loss`, `mean`; or null |
///
/// What can not be done is answered by `error`, one line, and changes nothing. The user's form of this is examples/python/README.md, whose
/// session a test replays.
@NullMarked
package proxima.protocol;

import org.jspecify.annotations.NullMarked;
