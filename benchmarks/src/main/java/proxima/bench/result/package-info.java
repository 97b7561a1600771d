/// What a comparison played: data alone, which nothing here plays or judges.
@NullMarked
package proxima.bench.result;

import org.jspecify.annotations.NullMarked;
