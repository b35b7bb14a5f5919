/// Notes for the user in the order in which they arose, each once.
struct NoteList: Sendable {
    private(set) var notes: [Note] = []
    private var known: Set<Note> = []

    mutating func add(_ note: Note) {
        if known.insert(note).inserted { notes.append(note) }
    }

    mutating func add(_ new: some Sequence<Note>) {
        for note in new { add(note) }
    }
}
