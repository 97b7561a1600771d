package proxima.tune;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import proxima.cli.InputException;
import proxima.cli.IoFault;
import proxima.objective.Job;
import proxima.objective.Monitor;
import proxima.objective.Objective;
import proxima.space.Outcome;

/// A command whose failures count as long as the disk with its files has room: on a full one it fails whatever its configuration is.
///
/// @param folder there
record RoomyObjective(Objective command, Path folder) implements Objective {

  /// 64 KiB: less than a command that trains writes.
  private static final long ROOM = 64 << 10;

  /// @throws InputException if it failed where there is no room
  @Override
  public Outcome evaluate(Job job, Monitor monitor) throws InterruptedException {
    Outcome outcome = command.evaluate(job, monitor);
    if (outcome instanceof Outcome.Failed && room() < ROOM) {
      throw new InputException(folder + ": the disk is full, and job " + job.id() + " failed; free space and go on, that training is then made again");
    }
    return outcome;
  }

  private long room() {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      throw new InputException(folder + ": can not be looked at: " + IoFault.text(e));
    }
  }
}
