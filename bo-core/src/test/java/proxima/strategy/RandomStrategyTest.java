package proxima.strategy;

final class RandomStrategyTest extends StrategyContract {

  @Override
  Strategy strategy(int d) {
    return new RandomStrategy();
  }
}
