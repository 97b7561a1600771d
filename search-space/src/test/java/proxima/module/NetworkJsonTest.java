package proxima.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkJsonTest {

  private static final String YAML =
      """
      - {name: tok.weight, role: embedding, fanIn: 96, fanOut: 64, scalesStream: true, initStd: 2e-2}
      - {name: layers.0.attn.q.weight, role: hidden, fanIn: 64, fanOut: 64, block: 0, branch: attn}
      - {name: layers.1.attn.q.weight, role: hidden, fanIn: 64, fanOut: 64, block: 1, branch: attn}
      - {name: out.weight, role: unembedding, type: readout, fanIn: 64, fanOut: 96}
      """;

  private static JsonNode yaml(String text) throws JsonProcessingException {
    return new YAMLMapper().readTree(text);
  }

  @Test
  void typesAreNamesWithoutTheBlock() throws JsonProcessingException {
    Network network = NetworkJson.network(yaml(YAML));
    assertThat(network.types()).containsExactly("tok.weight", "layers.attn.q.weight", "readout");
    assertThat(network.depth()).isEqualTo(2);
    assertThat(network.branches()).containsExactly("attn");
    assertThat(network.modules().getFirst().initStd().getAsDouble()).isEqualTo(0.02);
    assertThat(network.modules()).extracting(Module::scalesStream).startsWith(true, false, false);
  }

  @Test
  void networksAreReadBackEqual() throws JsonProcessingException {
    Network network = NetworkJson.network(yaml(YAML));
    assertThat(NetworkJson.network(new ObjectMapper().readTree(NetworkJson.of(network).toString()))).isEqualTo(network);
    assertThat(NetworkJson.network(new ObjectMapper().readTree("{\"modules\":" + NetworkJson.of(network) + "}"))).isEqualTo(network);
  }

  @Test
  void whatIsWrongIsNamed() throws JsonProcessingException {
    JsonNode noFan = yaml(YAML.replace("fanOut: 64, block: 1", "block: 1"));
    assertThatThrownBy(() -> NetworkJson.network(noFan)).hasMessageContaining("module 'layers.1.attn.q.weight' needs the field 'fanOut'");
    JsonNode badRole = yaml(YAML.replace("unembedding", "output"));
    assertThatThrownBy(() -> NetworkJson.network(badRole))
        .hasMessageContaining("module 'out.weight' has the role 'output'; there are embedding, hidden, expert-down, router, vector, qk-norm, final-norm, unembedding");
    JsonNode badBlock = yaml(YAML.replace("block: 1", "block: first"));
    assertThatThrownBy(() -> NetworkJson.network(badBlock))
        .hasMessageContaining("'block' of module 'layers.1.attn.q.weight' must be a whole number, got \"first\"");
    assertThatThrownBy(() -> NetworkJson.network(yaml("[]"))).hasMessageContaining("must be a list of");
  }

  @ParameterizedTest(name = "{0}, block {1}")
  @CsvSource({
    "layers.3.attn.q.weight, 3, layers.attn.q.weight, layers.9.attn.q.weight",
    "h.1.mlp.fc1.weight,     1, h.mlp.fc1.weight,     h.9.mlp.fc1.weight",
    "fc1.layers.1.weight,    1, fc1.layers.weight,    fc1.layers.9.weight",
    "0.weight,               0, weight,               9.weight",
    "block12_attn.w,        12, block_attn.w,         block9_attn.w",
    "layers.13.w,           13, layers.w,             layers.9.w",
    "decoder.11.1.w,         1, decoder.11.w,         decoder.11.9.w",
  })
  void theBlockIndexIsTheNumberBetweenDots(String name, int block, String type, String moved) {
    assertThat(BlockName.type(name, block)).isEqualTo(type);
    assertThat(BlockName.replace(name, block, "9")).contains(moved);
  }

  @Test
  void aNameWithoutTheIndexIsItsOwnType() {
    assertThat(BlockName.type("attn.q", 3)).isEqualTo("attn.q");
    assertThat(BlockName.replace("attn.q13", 3, "4")).isEmpty();
  }
}
