package proxima.spark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import proxima.cli.InputException;

/// Where a cluster is: `spark://HOST:PORT[,HOST:PORT...]`, or `local[N]` for this process.
final class Master {

  private static final Pattern LOCAL = Pattern.compile("local(\\[(\\d{1,4}|\\*)])?");
  private static final Pattern STANDALONE = Pattern.compile("spark://([^:,/]+:\\d{1,5}(,[^:,/]+:\\d{1,5})*)");
  private static final int TIMEOUT_MILLIS = 5000;

  private Master() {}

  static boolean isLocal(String master) {
    return LOCAL.matcher(master).matches();
  }

  /// @throws InputException if it is none, or nobody listens there, which Spark takes a minute to find
  static void check(String master) {
    Matcher standalone = STANDALONE.matcher(master);
    if (isLocal(master)) {
      return;
    }
    if (!standalone.matches()) {
      throw new InputException("--master: needs spark://HOST:PORT, or local[N] for N trials at once in this process; got '" + master + "'");
    }
    List<String> problems = new ArrayList<>();
    String[] addresses = standalone.group(1).split(",", -1);
    for (String address : addresses) {
      String[] parts = address.split(":", -1);
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(parts[0], Integer.parseInt(parts[1])), TIMEOUT_MILLIS);
        return;
      } catch (UnknownHostException e) {
        problems.add(address + " (no host of that name is known)");
      } catch (IOException | IllegalArgumentException e) {
        problems.add(address + " (" + e.getMessage() + ")");
      }
    }
    throw new InputException("--master: no master is reached at " + String.join(", ", problems) + "; start one there (sbin/start-master.sh), or name where it is");
  }
}
