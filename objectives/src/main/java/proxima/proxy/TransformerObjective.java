package proxima.proxy;

import proxima.module.Network;
import proxima.objective.Job;
import proxima.objective.Monitor;
import proxima.scaling.Scale;
import proxima.space.Outcome;
import proxima.train.Coordinates;
import proxima.train.Device;
import proxima.train.Schedule;
import proxima.train.Training;

/// Trains a transformer on a text; the loss is nats a token on validation windows that all trainings share.
///
/// On the hidden Markov language it is the loss above the exact Bayes loss.
public final class TransformerObjective implements ProxyObjective {

  private final Transformer transformer;
  private final int sequence;
  private final Device device;
  private final Schedule schedule;
  private final int checks;
  private final Corpus corpus;
  private final double floor;

  /// @param sequence T
  /// @param checks validations on the way, for the curve; where 0, the curve is of the training loss
  /// @throws IllegalArgumentException if the text cannot be used, or has more symbols than the transformer's vocabulary.
  public TransformerObjective(Transformer transformer, Text text, int sequence, Device device, Schedule schedule, int checks) {
    if (!(sequence > 0)) {
      throw new IllegalArgumentException("sequence must be positive, got " + sequence);
    }
    if (!(checks >= 0)) {
      throw new IllegalArgumentException("checks must be >= 0, got " + checks);
    }
    this.transformer = transformer;
    this.sequence = sequence;
    this.device = device;
    this.schedule = schedule;
    this.checks = checks;
    corpus = text.corpus();
    if (corpus.vocabulary() > transformer.vocabulary()) {
      throw new IllegalArgumentException(
          corpus.name() + " has " + corpus.vocabulary() + " symbols, more than the vocabulary of " + transformer.vocabulary());
    }
    corpus.windows(sequence);
    floor = text.floor(corpus, sequence).orElse(0);
  }

  /// Whether it can train at this scale.
  /// @throws IllegalArgumentException if not, saying why.
  public void check(Scale scale) {
    transformer.at(scale);
    if (scale.batch() % sequence != 0) {
      throw new IllegalArgumentException("batch " + scale.batch() + " is not divisible into sequences of " + sequence + " tokens");
    }
  }

  @Override
  public Outcome evaluate(Job job, Monitor monitor) throws InterruptedException {
    Scale scale = job.scale();
    Network network = transformer.at(scale);
    if (!job.settings().network().equals(network)) {
      throw new IllegalArgumentException("the settings of job " + job.id() + " are of another network than a " + transformer + " at " + scale);
    }
    return training(scale, schedule).withChecks(checks).run(job.settings(), job.seed(), monitor);
  }

  @Override
  public Training training(Scale scale, Schedule shape) {
    check(scale);
    return Training.of(problem(scale, transformer.at(scale)), scale.steps(), shape, device);
  }

  private TransformerProblem problem(Scale scale, Network network) {
    return new TransformerProblem(transformer, TransformerLoss.layout(network), corpus, Math.toIntExact(scale.batch() / sequence), sequence, floor);
  }

  @Override
  public Coordinates coordinates(Scale scale) {
    check(scale);
    return new Coordinates(problem(scale, transformer.at(scale)), device);
  }
}
