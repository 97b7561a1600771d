package proxima.chart;

/// The colours of pictures and page, one pair each for light and for dark surroundings. Hues after
/// Okabe and Ito (2008). Those blind to red or green see green, pink and grey alike, and orange and amber.
public enum Ink {
  TEXT("text", 0x171a21, 0xf1f2f4),
  MUTED("muted", 0x626873, 0xa6abb5),
  GRID("grid", 0xe7e9ed, 0x2b2f36),
  AXIS("axis", 0xb4b9c2, 0x545a65),
  SURFACE("surface", 0xffffff, 0x181a1f),
  PAGE("page", 0xf5f6f8, 0x0e0f12),
  GREY("grey", 0x7d8490, 0x9299a5),
  BLUE("blue", 0x2563d9, 0x6aa1ff),
  /// A blue on which white text is legible in dark surroundings too.
  COBALT("cobalt", 0x2563d9, 0x4f8bff),
  ORANGE("orange", 0xdd5a16, 0xf0762f),
  AMBER("amber", 0xc77c02, 0xe5a63a),
  GREEN("green", 0x12896a, 0x35b894),
  PINK("pink", 0xb4559c, 0xdc86c6),
  SKY("sky", 0x3c9fcf, 0x63c1ee),
  RED("red", 0xcf2f3f, 0xff6b74),
  WHITE("white", 0xffffff, 0xffffff);

  private final String id;
  private final int light;
  private final int dark;

  Ink(String id, int light, int dark) {
    this.id = id;
    this.light = light;
    this.dark = dark;
  }

  /// Red, green and blue, for light surroundings.
  int light() {
    return light;
  }

  /// A reference to it in the page's style sheet.
  String css() {
    return "var(--" + id + ")";
  }

  /// Its declarations, for light or for dark surroundings.
  static String declarations(boolean dark) {
    StringBuilder text = new StringBuilder();
    for (Ink ink : values()) {
      text.append("--").append(ink.id).append(":#").append(String.format("%06x", dark ? ink.dark : ink.light)).append(';');
    }
    return text.toString();
  }
}
