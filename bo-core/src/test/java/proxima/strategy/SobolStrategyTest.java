package proxima.strategy;

final class SobolStrategyTest extends StrategyContract {

  @Override
  Strategy strategy(int d) {
    return new SobolStrategy();
  }
}
