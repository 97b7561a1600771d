package proxima.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// What an exception of a file means, whose own message may be its path alone.
public final class IoFault {

  private IoFault() {}

  /// Such as `permission denied`.
  public static String text(IOException e) {
    return switch (e) {
      case AccessDeniedException _ -> "permission denied";
      case NoSuchFileException _ -> "there is no such file or folder";
      case FileAlreadyExistsException _ -> "a file stands in its place";
      case NotDirectoryException _ -> "its folder is a file";
      case FileSystemException f when f.getReason() != null -> f.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }

  /// Whether space is what is missing.
  public static boolean isFull(IOException e) {
    return text(e).contains("No space left");
  }
}
