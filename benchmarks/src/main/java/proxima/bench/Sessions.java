package proxima.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import proxima.bench.report.Played.Session;

/// The file of the times that a comparison was gone on with, a line each: what its times were measured on.
record Sessions(Path file) {

  private static final String HEADER = "started,revision,machine,cores,jvm,workers\n";
  private static final int COLUMNS = 6;

  List<Session> read() throws IOException {
    return Files.exists(file) ? Files.readAllLines(file).stream().skip(1).map(l -> l.split(",", -1)).filter(c -> c.length == COLUMNS).map(Sessions::session).toList() : List.of();
  }

  void add(Session s) throws IOException {
    String line = String.join(",", s.started(), plain(s.revision()), plain(s.machine()), Integer.toString(s.cores()), plain(s.jvm()), Integer.toString(s.workers())) + "\n";
    if (!Files.exists(file)) {
      Files.writeString(file, HEADER);
    }
    Files.writeString(file, line, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
  }

  private static Session session(String[] cells) {
    return new Session(cells[0], cells[1], cells[2], number(cells[3]), cells[4], number(cells[5]));
  }

  private static int number(String cell) {
    return cell.matches("\\d{1,6}") ? Integer.parseInt(cell) : 0;
  }

  private static String plain(String text) {
    return text.replace(',', ';').replaceAll("\\p{Cntrl}+", " ").strip();
  }
}
