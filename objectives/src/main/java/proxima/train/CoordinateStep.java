package proxima.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the activations of a network have come to at one step.
///
/// @param places by name, in the order of the network: one coordinate for each block, or for the whole where a place stands outside the blocks
public record CoordinateStep(Map<String, List<Coordinate>> places) {

  public CoordinateStep {
    Map<String, List<Coordinate>> copy = new LinkedHashMap<>();
    places.forEach((place, blocks) -> copy.put(place, List.copyOf(blocks)));
    places = Collections.unmodifiableMap(copy);
  }

  /// @throws IllegalArgumentException if there is no such place.
  public List<Coordinate> at(String place) {
    List<Coordinate> blocks = places.get(place);
    if (blocks == null) {
      throw new IllegalArgumentException("no place '" + place + "'; there are " + places.keySet());
    }
    return blocks;
  }
}
