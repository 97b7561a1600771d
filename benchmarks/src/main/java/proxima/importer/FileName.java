package proxima.importer;

/// Names of tasks and spaces as names of files.
final class FileName {

  private FileName() {}

  /// With an underscore for each character that a file system or a suite might not take.
  static String of(String name) {
    return name.replaceAll("[^\\p{L}\\p{N}._-]", "_").replaceFirst("^\\.", "_");
  }
}
