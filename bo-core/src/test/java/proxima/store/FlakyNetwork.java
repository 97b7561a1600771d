package proxima.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// A way to a server on which connections are cut: whatever is on its way then is lost, requests and answers alike.
final class FlakyNetwork implements AutoCloseable {

  private volatile ServerSocket door;
  private final int port;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean losesAnswer = new AtomicBoolean();

  private FlakyNetwork(ServerSocket door, int port) {
    this.door = door;
    this.port = port;
  }

  /// Before the server of a store on this host.
  static FlakyNetwork before(String store) throws IOException {
    return to(Integer.parseInt(store.replaceFirst(".*:(\\d+)/.*", "$1")));
  }

  /// The name of that store, by this way.
  String through(String store) {
    return store.replaceFirst(":\\d+/", ":" + door.getLocalPort() + "/");
  }

  private static FlakyNetwork to(int port) throws IOException {
    FlakyNetwork network = new FlakyNetwork(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
    Thread.ofVirtual().start(network::open);
    return network;
  }

  private void open() {
    try {
      while (true) {
        Socket near = door.accept();
        Socket far = new Socket(InetAddress.getLoopbackAddress(), port);
        sockets.add(near);
        sockets.add(far);
        Thread.ofVirtual().start(() -> carry(near, far, false));
        Thread.ofVirtual().start(() -> carry(far, near, true));
      }
    } catch (IOException e) {
      // It is closed.
    }
  }

  private void carry(Socket from, Socket to, boolean isAnswer) {
    try (from; to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] some = new byte[4096];
      for (int n = in.read(some); n >= 0; n = in.read(some)) {
        if (isAnswer && losesAnswer.getAndSet(false)) {
          return;
        }
        out.write(some, 0, n);
      }
    } catch (IOException e) {
      // It is cut.
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  /// Cuts the connection on which the server answers next, in place of the answer.
  void loseNextAnswer() {
    losesAnswer.set(true);
  }

  /// Cuts all connections; new ones can be made.
  /// @return how many sockets were open
  int cut() throws IOException {
    int open = 0;
    for (Socket socket : sockets) {
      open += socket.isClosed() ? 0 : 1;
      socket.close();
    }
    return open;
  }

  /// Cuts all connections, and new ones can not be made.
  void goAway() throws IOException {
    close();
  }

  /// New ones can be made again.
  void comeBack() throws IOException {
    door = new ServerSocket(door.getLocalPort(), 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::open);
  }

  @Override
  public void close() throws IOException {
    door.close();
    cut();
  }
}
