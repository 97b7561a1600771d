package proxima.train;

import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Operations that the engine's Java side lacks, as TorchScript: `script.py` wrapped into the archive that `torch.jit.load` reads.
final class Script {

  private static final byte[] ARCHIVE = archive();

  private Script() {}

  static PtSymbolBlock load(PtNDManager manager) {
    try {
      return JniUtils.loadModule(manager, new ByteArrayInputStream(ARCHIVE), true, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] archive() {
    var bytes = new ByteArrayOutputStream();
    try (InputStream source = Script.class.getResourceAsStream("script.py")) {
      if (source == null) {
        throw new IllegalStateException("the resource script.py is missing");
      }
      try (var zip = new ZipOutputStream(bytes)) {
        put(zip, "version", "3\n".getBytes(StandardCharsets.US_ASCII));
        // An empty tuple.
        put(zip, "constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
        put(zip, "data.pkl", instance());
        put(zip, "code/__torch__.py", source.readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /// A pickle (protocol 2) of a `__torch__.Script` whose one attribute is training = true.
  private static byte[] instance() {
    var pickle = new ByteArrayOutputStream();
    pickle.writeBytes(new byte[] {(byte) 0x80, 2, 'c'});
    pickle.writeBytes("__torch__\nScript\n".getBytes(StandardCharsets.US_ASCII));
    pickle.writeBytes(new byte[] {'q', 0, ')', (byte) 0x81, '}', '(', 'X', 8, 0, 0, 0});
    pickle.writeBytes("training".getBytes(StandardCharsets.US_ASCII));
    pickle.writeBytes(new byte[] {(byte) 0x88, 'u', 'b', '.'});
    return pickle.toByteArray();
  }

  /// The reader maps entries into memory, so they are stored, not deflated.
  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    var entry = new ZipEntry("script/" + name);
    var crc = new CRC32();
    crc.update(content);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
