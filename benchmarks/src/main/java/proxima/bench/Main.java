package proxima.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import proxima.cli.Command;
import proxima.cli.Commands;
import proxima.history.NamedLayout;
import proxima.importer.ImportCommand;
import proxima.importer.TableHistories;
import proxima.record.RecordCommand;

/// The whole command line.
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    Map<String, Command> commands = new LinkedHashMap<>(proxima.tune.Main.commands());
    commands.put("bench", new BenchCommand());
    commands.put("record", new RecordCommand());
    commands.put("import-tables", new ImportCommand());
    List<NamedLayout> layouts = new ArrayList<>(NamedLayout.all());
    layouts.addAll(TableHistories.layouts());
    commands.put("import-history", proxima.tune.Main.importHistory(layouts));
    System.exit(new Commands(commands).run(arguments, System.in, System.out, System.err));
  }
}
