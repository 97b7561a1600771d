package proxima.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import proxima.bench.report.Judgement;
import proxima.bench.report.Report;
import proxima.bench.report.Summary;
import proxima.cli.FolderLock;

/// The folder of a comparison: `results.csv`, `tables.json` and `sessions.csv`, what was played; `report.html`, its pictures and `summary.json`, what that says.
/// `run.lock` has the process that is playing, while there is one.
record BenchFolder(Path path) {

  /// Makes the folder, if need be, and takes the right to write into it.
  FolderLock lock() throws IOException {
    Files.createDirectories(path);
    return FolderLock.take(path);
  }

  Path results() {
    return path.resolve("results.csv");
  }

  TableDigests tables() {
    return new TableDigests(path.resolve("tables.json"));
  }

  Path report() {
    return path.resolve("report.html");
  }

  Sessions sessions() {
    return new Sessions(path.resolve("sessions.csv"));
  }

  Judgement judgement(Comparison comparison) throws IOException {
    return Judgement.of(comparison.played(sessions().read()));
  }

  void write(Judgement judgement) throws IOException {
    Report.write(path, judgement);
    Files.writeString(path.resolve("summary.json"), Summary.json(judgement).toPrettyString() + "\n");
  }
}
