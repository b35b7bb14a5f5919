/// The place of a value in a record: `openAI.customModel`, `fallbacks[0].isFallbackEnabled`.
///
/// It is written as the name of a CSV column is.
public struct MemberPath: Hashable, Sendable {
    enum Step: Hashable, Sendable {
        case key([UInt8])
        case index(Int)
    }

    let steps: [Step]
    private let text: [UInt8]

    init(steps: [Step], text: [UInt8]) {
        self.steps = steps
        self.text = text
    }
}

extension MemberPath: CustomStringConvertible {
    /// The path as it was given.
    public var description: String { String(decoding: text, as: UTF8.self) }
}

/// Some paths as a tree, with the fields of a schema for the names that it knows.
struct MemberTree: Sendable {
    private struct Place: Sendable {
        let field: FieldID
        let step: MemberPath.Step?
        var children: [Int] = []
        /// The number of the path that ends here; -1 for none.
        var path = -1
    }

    private var places = [Place(field: .record, step: nil)]

    static var root: Int { 0 }

    init(_ paths: [MemberPath], schema: Schema) {
        for (number, path) in paths.enumerated() {
            var place = Self.root
            for step in path.steps {
                let parent = places[place].field
                let field: FieldID =
                    switch step {
                    case .key(let key): schema.isScope(parent) ? schema.field(named: key.span, in: parent) : .unknown
                    case .index: schema.elements(of: parent)
                    }
                if let known = places[place].children.first(where: { places[$0].step == step }) {
                    place = known
                } else {
                    places.append(Place(field: field, step: step))
                    places[place].children.append(places.count - 1)
                    place = places.count - 1
                }
            }
            if places[place].path < 0 { places[place].path = number }
        }
    }

    /// The number of the path that ends at a place; nil if it only leads to others.
    func path(endingAt place: Int) -> Int? {
        places[place].path < 0 ? nil : places[place].path
    }

    /// The place of a member or element below another place; nil for none.
    func child(of place: Int, _ children: RecordChildren, index: Int) -> Int? {
        for child in places[place].children {
            switch places[child].step {
            case .key(let key):
                if let name = children.key {
                    if places[child].field == .unknown, name.bytes.isEqual(to: ByteView(key.span)) { return child }
                } else if places[child].field != .unknown, places[child].field == children.value.field {
                    return child
                }
            case .index(let wanted): if wanted == index { return child }
            case nil: break
            }
        }
        return nil
    }

    /// The node of the value at the only path of the tree; nil for none.
    func node(ofOnlyPathIn record: RecordView) -> Int? {
        var place = Self.root
        var node = record.index
        while path(endingAt: place) == nil {
            var children = record.view(at: node).children
            var index = 0
            var next: Int?
            while next == nil, children.next() {
                next = child(of: place, children, index: index)
                if next != nil { node = children.value.index }
                index += 1
            }
            guard let next else { return nil }
            place = next
        }
        return node
    }
}
