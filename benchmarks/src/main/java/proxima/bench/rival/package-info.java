/// Ways of learning from prior tasks that others have published, as rivals of this library's own: the ranking-weighted ensemble and copula Thompson sampling.
@NullMarked
package proxima.bench.rival;

import org.jspecify.annotations.NullMarked;
