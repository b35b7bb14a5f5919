/// The values of a `RecordAssembly`: places that are linked to their parents and to what follows them.
///
/// Their numbers never change. The texts stand on the tape from the first.
struct AssembledPlaces: ~Copyable {
    /// One value, or the name of a member, whose value is the place after it.
    struct Place: BitwiseCopyable {
        enum Kind: UInt8, BitwiseCopyable {
            /// A value that is still to come; if none comes it is an empty object.
            case open
            case object, array, string, number, bool, null, key
        }

        var kind: Kind
        var flags: TapeNode.Flags = []
        /// Taken back.
        var isDropped = false
        /// A container of a member that may be asked for by its name once more.
        var isShared = false
        /// The object of a name, the name of its value, the array of an element.
        var parent: UInt32
        /// The next name of an object, kept with the value of the last one; the next element of an array; 0 for none.
        var next: UInt32 = 0
        /// Text: where it starts; containers: the first name or element, 0 for none.
        var start: UInt32 = 0
        /// Text: its bytes; containers: the last name or element.
        var count: UInt32 = 0
    }

    /// The record that was laid last.
    var tape = RecordTape()
    private var places = Storage<Place>(minimumCapacity: 256)
    private var names = MemberNames()
    private var marks = Storage<UInt32>()
    /// Why the rest was not taken.
    private var fault: SerializationError?

    /// The root alone.
    init() {
        places.append(Place(kind: .open, parent: 0))
    }

    /// Forgets everything but the root, and keeps the memory.
    mutating func removeAll() {
        tape.removeAll()
        places.removeAll()
        places.append(Place(kind: .open, parent: 0))
        fault = nil
    }

    // MARK: Containers

    /// Makes an object of a place, if it is not one; false if another value is there.
    mutating func makeObject(at place: Int) -> Bool {
        make(.object, at: place)
    }

    /// Makes an array of a place, if it is not one; false if another value is there.
    mutating func makeArray(at place: Int) -> Bool {
        make(.array, at: place)
    }

    private mutating func make(_ kind: Place.Kind, at place: Int) -> Bool {
        if places[place].kind == .open { places[place].kind = kind }
        return places[place].kind == kind
    }

    /// A place that is in no record.
    mutating func addDetached() -> Int {
        places.append(Place(kind: .open, parent: 0))
        return places.count - 1
    }

    /// Adds a member to an object and returns the place of its value.
    ///
    /// A name that the object has already replaces its value.
    mutating func addMember(_ name: String, to object: Int) -> Int {
        let key = UInt32(truncatingIfNeeded: places.count)
        var place = Place(kind: .key, parent: UInt32(truncatingIfNeeded: object))
        setText(name, of: &place, .key)
        places.append(place)
        places.append(Place(kind: .open, parent: key))
        let last = Int(places[object].count)
        if last == 0 { places[object].start = key } else { places[last &+ 1].next = key }
        places[object].count = key
        return Int(key) &+ 1
    }

    /// Adds an element to an array and returns its place.
    mutating func addElement(to array: Int) -> Int {
        let element = UInt32(truncatingIfNeeded: places.count)
        places.append(Place(kind: .open, parent: UInt32(truncatingIfNeeded: array)))
        let last = Int(places[array].count)
        if last == 0 { places[array].start = element } else { places[last].next = element }
        places[array].count = element
        if places.count >= Int(Int32.max) { refuseSize() }
        return Int(element)
    }

    /// Lets the container at a place go on where its name is added to its object once more.
    mutating func share(_ place: Int) {
        places[place].isShared = true
    }

    /// Takes back a member or element.
    mutating func drop(_ place: Int) {
        let parent = Int(places[place].parent)
        places[places[parent].kind == .key ? parent : place].isDropped = true
    }

    /// How many elements an array has.
    func elementCount(of array: Int) -> Int {
        var count = 0
        var element = places[array].kind == .array ? Int(places[array].start) : 0
        while element != 0 {
            if !places[element].isDropped { count += 1 }
            element = Int(places[element].next)
        }
        return count
    }

    /// The places of the elements, if the root is an array.
    var rootElements: [Int]? {
        guard places[0].kind == .array else { return nil }
        var elements: [Int] = []
        var element = Int(places[0].start)
        while element != 0 {
            if !places[element].isDropped { elements.append(element) }
            element = Int(places[element].next)
        }
        return elements
    }

    /// Whether a place has an object, or nothing at all, which counts as one inside a record.
    func isObject(_ place: Int) -> Bool {
        places[place].kind == .object
    }

    /// Whether nothing was put at a place.
    func isOpen(_ place: Int) -> Bool {
        places[place].kind == .open
    }

    // MARK: Scalars

    /// Puts a text at a place.
    mutating func set(_ text: String, at place: Int) {
        var value = places[place]
        setText(text, of: &value, .string)
        places[place] = value
    }

    /// Puts a number at a place, whose text follows the grammar of RFC 8259; false if it does not.
    mutating func set(number text: String, at place: Int) -> Bool {
        let utf8 = text.utf8Span.span
        guard NumberText.isNumber(ByteView(utf8)) else { return false }
        var value = places[place]
        setText(text, of: &value, .number)
        places[place] = value
        return true
    }

    /// Puts a whole number at a place.
    mutating func set(_ magnitude: UInt64, isNegative: Bool, at place: Int) {
        let start = tape.beginArenaText(source: 0)
        guard start < Limits.largest else { return refuseSize() }
        var digits = InlineArray<20, UInt8>(repeating: 0x30)
        var first = 19
        var rest = magnitude
        while rest >= 10 {
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            digits[first] = 0x30 &+ UInt8(truncatingIfNeeded: digit)
            first &-= 1
            rest = quotient
        }
        digits[first] = 0x30 &+ UInt8(truncatingIfNeeded: rest)
        if isNegative { tape.text.append(0x2D) }
        while first < 20 {
            tape.text.append(digits[first])
            first &+= 1
        }
        places[place].kind = .number
        places[place].flags = [.inArena, .plain, .isInteger]
        places[place].start = UInt32(truncatingIfNeeded: start)
        places[place].count = UInt32(truncatingIfNeeded: tape.text.count &- start)
    }

    /// Puts `true` or `false` at a place.
    mutating func set(_ value: Bool, at place: Int) {
        places[place].kind = .bool
        places[place].flags = value ? .isTrue : []
    }

    /// Puts `null` at a place.
    mutating func setNull(at place: Int) {
        places[place].kind = .null
        places[place].flags = []
    }

    private mutating func setText(_ text: String, of place: inout Place, _ kind: TapeNode.Kind) {
        let utf8 = text.utf8Span.span
        let bytes = ByteView(utf8)
        guard tape.text.count &+ bytes.count < Limits.largest, places.count < Int(Int32.max) else {
            return refuseSize()
        }
        let start = tape.beginArenaText(source: 0)
        tape.text.append(bytes)
        place.kind = kind == .key ? .key : kind == .string ? .string : .number
        place.flags = tape.arenaFlags(kind, from: start)
        place.start = UInt32(truncatingIfNeeded: start)
        place.count = UInt32(truncatingIfNeeded: bytes.count)
    }

    private mutating func refuseSize() {
        fault = SerializationError(
            .recordLimit, found: "a record with more than \(Limits.largest) bytes of text",
            expected: "at most \(Limits.largest) bytes")
    }

    // MARK: Laying

    /// Lays the object at a place on the tape.
    ///
    /// - Throws: `.depthLimit`, `.recordLimit`.
    mutating func lay(from root: Int, depth: Int) throws(SerializationError) {
        if let fault { throw fault }
        if try layUnlessRepeated(from: root, depth) { return }
        mergeRepeatedMembers()
        _ = try layUnlessRepeated(from: root, depth)
    }

    /// Lays the object at a place; false if a name stands twice in an object.
    private mutating func layUnlessRepeated(from root: Int, _ depth: Int) throws(SerializationError) -> Bool {
        tape.nodes.removeAll()
        tape.open.removeAll()
        names.removeAll()
        marks.removeAll()
        let nothing: [UInt8] = []
        var index = root
        while true {
            let place = places[index]
            if !place.isDropped {
                let field = index == root ? FieldID.record : .unknown
                switch place.kind {
                case .key:
                    layText(.key, place, field)
                    let mark = Int(marks[marks.count &- 1])
                    guard
                        names.insert(
                            tape.nodes.count &- 1, since: mark, in: tape, source: ByteView(nothing.span))
                    else { return false }
                    index &+= 1
                    continue
                case .open, .object, .array:
                    guard tape.open.count < depth else { throw tooDeep(depth) }
                    tape.begin(place.kind == .array ? .array : .object, field)
                    marks.append(UInt32(truncatingIfNeeded: names.mark))
                    if place.kind != .open, place.start != 0 {
                        index = Int(place.start)
                        continue
                    }
                    endContainer()
                case .string: layText(.string, place, field)
                case .number: layText(.number, place, field)
                case .bool: tape.append(.bool, flags: place.flags, field: field, source: 0)
                case .null: tape.append(.null, field: field, source: 0)
                }
            } else if place.kind == .key {
                index &+= 1
            }
            while true {
                if index == root { return true }
                let next = Int(places[index].next)
                if next != 0 {
                    index = next
                    break
                }
                index = Int(places[index].parent)
                if places[index].kind == .key { index = Int(places[index].parent) }
                endContainer()
            }
        }
    }

    @inline(__always)
    private mutating func layText(_ kind: TapeNode.Kind, _ place: Place, _ field: FieldID) {
        tape.nodes.append(
            TapeNode(kind: kind, flags: place.flags, field: field, start: Int(place.start), count: Int(place.count)))
    }

    private mutating func endContainer() {
        tape.end()
        if let mark = marks.removeLast() { names.close(Int(mark)) }
    }

    private func tooDeep(_ depth: Int) -> SerializationError {
        SerializationError(
            .depthLimit, found: "nesting deeper than \(depth)", expected: "at most \(depth) levels")
    }

    // MARK: Names that come again

    /// Keeps the last value of each name, and makes one container of several that are shared.
    private mutating func mergeRepeatedMembers() {
        var object = 0
        while object < places.count {
            if places[object].kind == .object, places[object].start != 0 { mergeRepeatedMembers(of: object) }
            object += 1
        }
    }

    private mutating func mergeRepeatedMembers(of object: Int) {
        var keys: [[UInt8]: Int] = [:]
        var key = Int(places[object].start)
        while key != 0 {
            let value = key + 1
            if !places[key].isDropped, let earlier = keys.updateValue(key, forKey: text(of: key)) {
                if places[earlier + 1].isShared, places[value].isShared, places[earlier + 1].kind == places[value].kind
                {
                    merge(earlier + 1, into: value)
                }
                places[earlier].isDropped = true
            }
            key = Int(places[value].next)
        }
    }

    /// Puts all that is in one container before what is in another of the same kind.
    private mutating func merge(_ earlier: Int, into later: Int) {
        guard places[earlier].start != 0 else { return }
        var child = Int(places[earlier].start)
        var last = child
        while child != 0 {
            places[child].parent = UInt32(truncatingIfNeeded: later)
            last = places[child].kind == .key ? child + 1 : child
            child = Int(places[last].next)
        }
        places[last].next = places[later].start
        if places[later].start == 0 { places[later].count = places[earlier].count }
        places[later].start = places[earlier].start
        places[earlier].start = 0
        places[earlier].count = 0
    }

    private func text(of place: Int) -> [UInt8] {
        let start = Int(places[place].start)
        return tape.text.view.slice(start, count: Int(places[place].count)).array()
    }

    // MARK: Paths

    /// The steps from the root to a place.
    func path(to place: Int) -> [RecordStep] {
        var steps: [RecordStep] = []
        var index = place
        while index != 0 {
            let parent = Int(places[index].parent)
            if places[parent].kind == .key {
                steps.append(.name(String(decoding: text(of: parent), as: UTF8.self)))
                index = Int(places[parent].parent)
            } else {
                var position = 0
                var element = places[parent].kind == .array ? Int(places[parent].start) : 0
                while element != 0, element != index {
                    if !places[element].isDropped { position += 1 }
                    element = Int(places[element].next)
                }
                steps.append(.index(position))
                index = parent
            }
        }
        return steps.reversed()
    }
}
