package proxima.report;

/// The colours of pictures and page, one pair each for light and for dark surroundings.
enum Ink {
  TEXT("text", 0x171a21, 0xf1f2f4),
  MUTED("muted", 0x626873, 0xa6abb5),
  GRID("grid", 0xe7e9ed, 0x2b2f36),
  AXIS("axis", 0xb4b9c2, 0x545a65),
  SURFACE("surface", 0xffffff, 0x181a1f),
  PAGE("page", 0xf5f6f8, 0x0e0f12),
  /// The setting a user starts from.
  DEFAULT("default", 0x7d8490, 0x9299a5),
  /// Tuned global values.
  GLOBAL("global", 0xc77c02, 0xe5a63a),
  /// Tuned per module, and trials.
  MODULE("module", 0x2563d9, 0x6aa1ff),
  /// Diverged.
  BAD("bad", 0xcf2f3f, 0xff6b74),
  /// Factors above 1.
  MORE("more", 0xdd5a16, 0xf0762f),
  /// Factors below 1.
  LESS("less", 0x2563d9, 0x4f8bff),
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
