package proxima.study;

class MemoryJournalTest extends JournalContract {

  @Override
  Journal open() {
    return new MemoryJournal();
  }
}
