package proxima.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proxima.module.Hyperparameter;
import proxima.module.Module;
import proxima.module.ModuleRole;
import proxima.module.ModuleSetting;
import proxima.module.ModuleSettings;
import proxima.module.UpdateRule;

/// Every rule against a trajectory of 25 steps that numpy made from the papers' definitions: `optimizers_golden.py`.
final class UpdatesTest {

  private static final JsonNode GOLDEN = golden();

  private static JsonNode golden() {
    try (InputStream in = UpdatesTest.class.getResourceAsStream("optimizers.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @EnumSource(UpdateRule.class)
  void followsTheReference(UpdateRule rule) {
    JsonNode golden = GOLDEN.get("rules").get(rule.id());
    ModuleSettings settings = settings(rule, golden);
    int size = Layout.of(settings.network()).size();
    try (var run = new Run(Layout.of(settings.network()), settings, head(GOLDEN.get("start"), size), GOLDEN.get("clip").asDouble())) {
      for (int t = 1; t <= GOLDEN.get("gradients").size(); t++) {
        run.step(head(GOLDEN.get("gradients").get(t - 1), size), GOLDEN.get("factors").get(t - 1).asDouble());
        JsonNode probe = GOLDEN.get("probes").path(Integer.toString(t));
        assertThat(run.updates.due().isPresent()).isEqualTo(rule.id().startsWith("sophia") && !probe.isMissingNode());
        if (run.updates.due().isPresent()) {
          run.see(head(probe, size), GOLDEN.get("tokens").asDouble());
        }
        JsonNode expected = golden.get("weights").path(Integer.toString(t));
        if (!expected.isMissingNode()) {
          // Rounding of 25 updates in 64 bits; roots and eigenvectors of matrices lose some digits more.
          assertThat(run.weights()).as("step " + t).containsExactly(head(expected, size), within(1e-9));
        }
      }
    }
  }

  /// A lookup lies as a row for each token, and its columns are these rows.
  @Test
  void aLookupIsSeenAsOtherMatricesAre() {
    Module plain = module("a", ModuleRole.EMBEDDING, 3, 2);
    ModuleSettings settings = new ModuleSettings(List.of(setting(plain, UpdateRule.SCION_COLUMN, GOLDEN.get("rules").get("scion-column").get("values"), 0)));
    double[] tokens = {1, 2, 3, 4, 5, 6};
    double[] columns = {1, 3, 5, 2, 4, 6};
    try (var rows = new Run(Layout.of(settings.network(), List.of(), Set.of("a")), settings, tokens, 1e9);
        var matrix = new Run(Layout.of(settings.network()), settings, columns, 1e9)) {
      rows.step(tokens, 1);
      matrix.step(columns, 1);
      double[] w = rows.weights();
      assertThat(matrix.weights()).containsExactly(new double[] {w[0], w[2], w[4], w[1], w[3], w[5]}, within(1e-12));
    }
  }

  /// A gradient of 0 moves nothing but by the decay, as of an expert that no token reached; the first one that is not finds roots and bases that are finite.
  @ParameterizedTest
  @EnumSource(UpdateRule.class)
  void withoutGradientThereIsNoStep(UpdateRule rule) {
    ModuleSettings settings = settings(rule, GOLDEN.get("rules").get(rule.id()));
    ModuleSettings still = new ModuleSettings(settings.settings().stream().map(s -> with(s, Hyperparameter.WEIGHT_DECAY, 0)).toList());
    int size = Layout.of(still.network()).size();
    double[] start = head(GOLDEN.get("start"), size);
    try (var run = new Run(Layout.of(still.network()), still, start, 1)) {
      // Roots and bases are made anew at the 11th.
      for (int t = 0; t < 12; t++) {
        run.step(new double[size], 1);
      }
      assertThat(run.weights()).containsExactly(start, within(1e-15));
      for (int t = 0; t < 12; t++) {
        run.step(head(GOLDEN.get("gradients").get(t), size), 1);
        assertThat(Arrays.stream(run.weights()).allMatch(Double::isFinite)).as("step %d", t).isTrue();
      }
      assertThat(run.weights()).isNotEqualTo(start);
    }
  }

  /// A start four times as large, whose gradients are a quarter: what follows takes a quarter of it. Sophia's steps are between two powers.
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"SOPHIA_G", "SOPHIA_H"})
  void aLargerWeightTrainsAlikeAtTheRateOfItsPower(UpdateRule rule) {
    ModuleSettings once = alone(settings(rule, GOLDEN.get("rules").get(rule.id())), 1, 1);
    ModuleSettings larger = alone(settings(rule, GOLDEN.get("rules").get(rule.id())), Math.pow(4, rule.scalePower()), rule == UpdateRule.SHAMPOO ? 1.0 / 16 : 1.0 / 4);
    int size = Layout.of(once.network()).size();
    double[] start = head(GOLDEN.get("start"), size);
    try (var a = new Run(Layout.of(once.network()), once, start, 1e300);
        var b = new Run(Layout.of(larger.network()), larger, Arrays.stream(start).map(w -> 4 * w).toArray(), 1e300)) {
      for (JsonNode g : GOLDEN.get("gradients")) {
        a.step(head(g, size), 1);
        b.step(Arrays.stream(head(g, size)).map(v -> v / 4).toArray(), 1);
      }
      // What keeps norms and roots from 0 is not quite nothing beside a quarter of a gradient; another power is off by a factor of 4.
      assertThat(b.weights()).containsExactly(Arrays.stream(a.weights()).map(w -> 4 * w).toArray(), within(1e-3));
      assertThat(a.weights()).isNotEqualTo(start);
    }
  }

  /// Its matrices without decay and nearly without epsilon, which in a root is of a gradient's square, at a multiple of the rate.
  private static ModuleSettings alone(ModuleSettings settings, double rates, double epsilons) {
    return new ModuleSettings(settings.settings().stream().filter(s -> !s.module().role().isVector()).map(s -> {
      ModuleSetting plain = with(with(s, Hyperparameter.WEIGHT_DECAY, 0), Hyperparameter.LEARNING_RATE, rates * s.get(Hyperparameter.LEARNING_RATE));
      return s.rule().has(Hyperparameter.EPSILON) ? with(plain, Hyperparameter.EPSILON, 1e-12 * epsilons) : plain;
    }).toList());
  }

  private static ModuleSetting with(ModuleSetting s, Hyperparameter h, double value) {
    Map<Hyperparameter, Double> values = new EnumMap<>(s.values());
    values.put(h, value);
    return new ModuleSetting(s.module(), s.rule(), values);
  }

  private static final class Run implements AutoCloseable {
    final boolean before = Torch.enter();
    final NDManager manager = Torch.manager(Device.CPU);
    final NDArray weights;
    final NDArray gradient;
    final Updates updates;
    final int size;

    Run(Layout layout, ModuleSettings settings, double[] start, double clip) {
      size = start.length;
      weights = manager.create(start, new Shape(size));
      gradient = manager.create(new double[size], new Shape(size));
      updates = new Updates(manager, layout, weights, gradient, settings, clip);
    }

    void step(double[] g, double factor) {
      put(g);
      updates.update(factor, manager);
    }

    void see(double[] g, double tokens) {
      put(g);
      updates.see(updates.due().orElseThrow(), tokens, manager);
    }

    private void put(double[] g) {
      // Not set(): it gives the array new memory, which the slices do not see.
      gradient.addi(manager.create(g, new Shape(size)));
    }

    double[] weights() {
      return weights.toDoubleArray();
    }

    @Override
    public void close() {
      updates.close();
      manager.close();
      Torch.leave(before);
    }
  }

  private static ModuleSettings settings(UpdateRule rule, JsonNode golden) {
    List<ModuleSetting> settings = new ArrayList<>();
    for (JsonNode shape : golden.get("shapes")) {
      boolean vector = shape.size() == 1;
      int i = settings.size();
      Module module = module("tensor." + i, vector ? ModuleRole.HIDDEN_VECTOR : ModuleRole.HIDDEN, vector ? 1 : shape.get(1).asInt(), shape.get(0).asInt());
      settings.add(setting(module, rule, golden.get("values"), i));
    }
    return new ModuleSettings(settings);
  }

  private static ModuleSetting setting(Module module, UpdateRule rule, JsonNode values, int i) {
    Map<Hyperparameter, Double> own = new EnumMap<>(Hyperparameter.class);
    rule.hyperparameters().forEach(h -> own.put(h, h.isOfModule() ? 1 : values.get(h.id()).get(i).asDouble()));
    return new ModuleSetting(module, rule, own);
  }

  private static Module module(String name, ModuleRole role, int fanIn, int fanOut) {
    return new Module(name, name, role, fanIn, fanOut, OptionalInt.empty(), Optional.empty(), OptionalDouble.empty());
  }

  private static double[] head(JsonNode numbers, int size) {
    return StreamSupport.stream(numbers.spliterator(), false).limit(size).mapToDouble(JsonNode::asDouble).toArray();
  }
}
