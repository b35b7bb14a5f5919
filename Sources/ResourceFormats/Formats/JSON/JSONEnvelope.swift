/// What is open around the next value of a JSON document whose records are at a path.
///
///     $.resources[3].properties      resources[*].properties
///     frames  {  $          matched 0, on the path; the current child matches step 0
///             [  resources  matched 1; each child matches step 1
///             {  [3]        matched 2; the child `properties` matches step 2
///
/// Containers outside of the path are frames, too: their syntax is checked, and errors in them have a path.
struct JSONEnvelope {
    private struct Frame {
        let isObject: Bool
        /// How many steps of the path lead to the container; -1 for one that is not on the path.
        let matched: Int
        /// Where the name of the current member begins in `names`.
        let nameStart: Int
        /// The index of the current child; -1 before the first.
        var index = -1
        /// Whether the member that the path names was there.
        var hasMatch = false
        /// The first names of members, for an error about one that is missing.
        var others: [String] = []
    }

    private let path: RecordsPath
    private let countBeforeEach: Int
    private var frames: [Frame] = []
    /// The names of the current members of all open objects.
    private var names: [UInt8] = []
    /// The path of the first value that is left out, and how many there are.
    private var firstLeftOut: String?
    private var leftOutCount = 0

    /// So many names are kept for an error.
    private static let mostOthers = 20

    init(_ path: RecordsPath) {
        self.path = path
        countBeforeEach = path.countBeforeEach
    }

    var depth: Int { frames.count }

    /// Whether the innermost container is an object.
    var isInObject: Bool { frames.last?.isObject ?? false }

    // MARK: Values

    /// What the next value has to be.
    enum Place {
        case outside
        /// A container that leads to the records.
        case container(RecordsPath.Step)
        /// A record, or an array of records.
        case records
        /// An element of an array of records.
        case record
    }

    /// What the value that comes next has to be.
    var place: Place {
        guard let frame = frames.last else { return place(afterSteps: 0) }
        guard frame.matched >= 0 else { return .outside }
        if frame.matched == path.steps.count { return .record }
        if case .member = path.steps[frame.matched], !isAtMember(frame) { return .outside }
        return place(afterSteps: frame.matched + 1)
    }

    private func place(afterSteps count: Int) -> Place {
        count == path.steps.count ? .records : .container(path.steps[count])
    }

    private func isAtMember(_ frame: Frame) -> Bool {
        guard case .member(let name) = path.steps[frame.matched] else { return false }
        return names[frame.nameStart...].elementsEqual(name)
    }

    /// Opens a container, whose place is the current one.
    mutating func open(isObject: Bool) {
        let matched: Int
        switch place {
        case .outside: matched = -1
        case .container, .records, .record: matched = (frames.last?.matched ?? -1) + 1
        }
        frames.append(Frame(isObject: isObject, matched: matched, nameStart: names.count))
    }

    /// Moves to the next element.
    mutating func moveToElement() {
        frames[frames.count - 1].index += 1
        noteContentOutside()
    }

    /// Moves to the next member; false if the path goes through it a second time.
    mutating func moveToMember(_ name: ByteView) -> Bool {
        let last = frames.count - 1
        names.removeLast(names.count - frames[last].nameStart)
        for index in 0..<name.count { names.append(name.byte(at: index)) }
        frames[last].index += 1
        noteContentOutside()
        let frame = frames[last]
        guard frame.matched >= 0, case .member = path.steps[frame.matched] else { return true }
        if isAtMember(frame) {
            frames[last].hasMatch = true
            return !frame.hasMatch
        }
        if !frame.hasMatch, frame.others.count < Self.mostOthers { frames[last].others.append(excerpt(name)) }
        return true
    }

    /// Closes the innermost container.
    mutating func close() {
        guard let frame = frames.popLast() else { return }
        names.removeLast(names.count - frame.nameStart)
    }

    /// The error for the innermost object if it lacks the member that the path names; without a place.
    var missingMember: SerializationError? {
        guard let frame = frames.last, frame.matched >= 0, frame.matched < path.steps.count, !frame.hasMatch,
            case .member(let bytes) = path.steps[frame.matched]
        else { return nil }
        let name = ByteView(bytes.span).string()
        var expected = "the records at \(path)"
        if let meant = Suggestion.among(frame.others, for: name) {
            expected += "; did you mean \"\(meant)\"?"
        } else if !frame.others.isEmpty {
            let isWhole = frame.others.count == frame.index + 1
            let list = frame.others.map { "\"\($0)\"" }.joined(separator: ", ")
            expected += "; the object has \(list)\(isWhole ? "" : " and more")"
        }
        return SerializationError(
            .missingField, found: "no member \"\(excerpt(name))\"", expected: expected, path: pathOfContainer)
    }

    // MARK: Names and paths

    /// The name for which the last `*` stands.
    var nameOfRecord: [UInt8] {
        for index in frames.indices.reversed() where frames[index].matched >= 0 {
            let frame = frames[index]
            guard frame.matched < path.steps.count, path.steps[frame.matched] == .eachMember else { continue }
            let end = index + 1 < frames.count ? frames[index + 1].nameStart : names.count
            return Array(names[frame.nameStart..<end])
        }
        return []
    }

    /// The path of the innermost container.
    var pathOfContainer: String { path(frames.count - 1) }

    /// The path of the current child of the innermost container.
    var pathOfChild: String { path(frames.count) }

    private func path(_ depth: Int) -> String {
        var path = RecordPath("$")
        for index in 0..<max(0, depth) {
            if frames[index].isObject {
                let end = index + 1 < frames.count ? frames[index + 1].nameStart : names.count
                let name = Array(names[frames[index].nameStart..<end])
                path.append(key: ByteView(name.span))
            } else {
                path.append(index: max(0, frames[index].index))
            }
        }
        return path.text
    }

    // MARK: What is left out

    /// Notes a scalar outside of the records: above them it is part of the envelope, as `has_more` and a total are; beside
    /// each of several it is data.
    mutating func noteScalarOutside() {
        guard let frame = frames.last, frame.matched > countBeforeEach else { return }
        leaveOut(isChild: true)
    }

    /// Notes an object or array beside the path with the first thing in it.
    private mutating func noteContentOutside() {
        guard let frame = frames.last, frame.matched < 0, frame.index == 0, frames.count > 1,
            frames[frames.count - 2].matched >= 0
        else { return }
        leaveOut(isChild: false)
    }

    private mutating func leaveOut(isChild: Bool) {
        if firstLeftOut == nil { firstLeftOut = isChild ? pathOfChild : pathOfContainer }
        leftOutCount += 1
    }

    /// The note about what is left out; nil if it is the envelope only.
    var note: Note? {
        guard let firstLeftOut else { return nil }
        let others =
            leftOutCount == 1
            ? "is" : leftOutCount == 2 ? "and one other value are" : "and \(leftOutCount - 1) other values are"
        return Note("outside of the records \(firstLeftOut) \(others) left out", isLoss: true)
    }
}
