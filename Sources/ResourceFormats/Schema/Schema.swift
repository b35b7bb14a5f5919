/// The known fields of a resource, compiled to tables: kinds, nesting, order, and names by their bytes.
///
/// Readers and writers take it as a parameter: no format depends on a resource, and no resource on a format.
public struct Schema: Sendable {
    /// The name of one record, such as `largeLanguageModel`.
    public let name: String
    /// The plural of that name, such as `largeLanguageModels`.
    public let pluralName: String

    /// A place in the schema: a field, or the elements of an array.
    struct Place: Sendable {
        let name: String?
        let kind: ValueKind
        /// The field that contains this place; `.record` at the top.
        let parent: FieldID
        /// For an array: the place of its elements.
        var elements: FieldID
        /// For an object: its known members in schema order.
        var members: [FieldID]
        /// The index of the place among its parent's members.
        let ordinal: Int
    }

    private let places: [Place]
    private let recordMembers: [FieldID]
    /// The constraints of each place; kept apart from `places`, which readers access all the time.
    private let constraints: [ValueConstraints]
    package let scopes: [Scope]
    /// The values of objects whose names are free, by the place of the object.
    private let mapValues: [FieldID: MapValues]
    /// The objects that have the members of another one, with that one.
    private let likenesses: [FieldID: FieldID]
    let keys: KeyTable
    /// Rendered names, which writers would otherwise prepare for every document.
    let jsonNames: JSONNames
    let xmlTags: XMLTags
    let nameGuesses: NameGuesses
    /// The links of a record and of the collection; nil where none are declared.
    private(set) var links: SchemaLinks?
    /// Whether an object at the top of a document may be a page; if not, it is a record whatever its members are.
    package var hasPages = true
    /// A text for people about a record; nil for none.
    var description: String?

    /// Compiles the declarations of `fields` and `links`.
    ///
    /// Invalid declarations stop the program with a sentence that gives the reason. They are invalid if field numbers
    /// do not count from 0, a name occurs twice in one object, a parent is not an object, or a link template names a
    /// variable that is not a field.
    ///
    /// - Parameters:
    ///   - name: The name of one record, which is also that of its XML element.
    ///   - pluralName: The plural of that name.
    ///   - fields: The enum of the fields.
    ///   - links: The links of the resource, for HAL.
    public init<Field: SchemaField>(
        _ name: String, plural pluralName: String, fields: Field.Type, links: ResourceLinks? = nil
    ) {
        do throws(SchemaFault) {
            try self.init(checking: name, plural: pluralName, fields: fields, links: links)
        } catch {
            // This is a mistake in the program's own text, and it shows at the first start. A schema made in spite of
            // it would silently mix up fields. It is not a `precondition`, because an optimised build leaves out its
            // sentence.
            fatalError("the schema \(name) cannot work: \(error.sentence)")
        }
    }

    /// Compiles the declarations of `fields` and `links`.
    ///
    /// - Throws: The reason why the declarations are invalid.
    init<Field: SchemaField>(
        checking name: String, plural pluralName: String, fields: Field.Type, links: ResourceLinks? = nil
    ) throws(SchemaFault) {
        try Self.checkNumbers(of: fields)
        try self.init(
            checking: name, plural: pluralName, Field.allCases.map { DeclaredField($0.declaration) },
            scopes: Field.scopes.map { Scope($0) }, links: links)
    }

    /// Compiles declarations that do not depend on the type of the fields.
    ///
    /// - Throws: The reason why the declarations are invalid.
    init(
        checking name: String, plural pluralName: String, _ declarations: [DeclaredField], scopes: [Scope] = [],
        links: ResourceLinks? = nil
    ) throws(SchemaFault) {
        try Self.check(name, plural: pluralName, declarations, scopes)
        self.name = name
        self.pluralName = pluralName
        var places: [Place] = []
        var recordMembers: [FieldID] = []
        var nextElement = UInt16(truncatingIfNeeded: declarations.count)
        var elementPlaces: [Place] = []
        // Places of elements come after the fields, in the order of their arrays.
        var elementsOf = [FieldID](repeating: .unknown, count: declarations.count)
        for (index, declaration) in declarations.enumerated() where declaration.elements != nil {
            elementsOf[index] = FieldID(rawValue: nextElement)
            nextElement += 1
        }
        // The place of an object, or of the elements of an array of objects.
        func object(_ index: Int) -> FieldID {
            declarations[index].kind == .array
                ? elementsOf[index] : FieldID(rawValue: UInt16(truncatingIfNeeded: index))
        }
        var members: [FieldID: [FieldID]] = [:]
        var mapValues: [FieldID: MapValues] = [:]
        var likenesses: [FieldID: FieldID] = [:]
        for (index, declaration) in declarations.enumerated() {
            let id = FieldID(rawValue: UInt16(truncatingIfNeeded: index))
            let parent = declaration.parent.map(object) ?? .record
            if let values = declaration.values { mapValues[object(index)] = values }
            switch declaration.likeness {
            case .record: likenesses[object(index)] = .record
            case .field(let other): likenesses[object(index)] = object(other)
            case nil: break
            }
            let ordinal = parent == .record ? recordMembers.count : members[parent, default: []].count
            if parent == .record { recordMembers.append(id) } else { members[parent, default: []].append(id) }
            places.append(
                Place(
                    name: declaration.name, kind: declaration.kind, parent: parent, elements: elementsOf[index],
                    members: [], ordinal: ordinal))
            if let kind = declaration.elements {
                elementPlaces.append(
                    Place(name: nil, kind: kind, parent: id, elements: .unknown, members: [], ordinal: 0))
            }
        }
        places += elementPlaces
        for (parent, list) in members { places[parent.index].members = list }
        for (place, other) in likenesses {
            places[place.index].members = other == .record ? recordMembers : members[other] ?? []
        }
        self.mapValues = mapValues
        self.likenesses = likenesses
        self.places = places
        self.recordMembers = recordMembers
        constraints =
            declarations.map(\.constraints) + declarations.filter { $0.elements != nil }.map(\.elementConstraints)
        self.scopes = scopes
        let ownKeys: [KeyTable.Key] = places.enumerated().compactMap { index, place in
            place.name.map { ($0, place.parent, FieldID(rawValue: UInt16(truncatingIfNeeded: index))) }
        }
        keys = KeyTable(
            ownKeys
                + likenesses.keys.flatMap { place in
                    places[place.index].members.map { (places[$0.index].name ?? "", place, $0) }
                })
        jsonNames = JSONNames(places.map(\.name))
        nameGuesses = NameGuesses(places.map(\.name))
        xmlTags = XMLTags(places.map(\.name), record: name)
        if let links { self.links = try SchemaLinks(links, schema: self) }
    }

    /// The number of places: fields and array elements.
    public var placeCount: Int { places.count }

    /// The JSON name of a field; nil for array elements and unknown places.
    public func name(of field: FieldID) -> String? {
        field.index < places.count ? places[field.index].name : nil
    }

    /// The kind of a place; nil for unknown places.
    @inline(__always)
    public func kind(of field: FieldID) -> ValueKind? {
        field.index < places.count ? places[field.index].kind : field == .record ? .object : nil
    }

    /// Whether the server sets a field, so that a value from a client has no effect.
    public func isSetByServer(_ field: FieldID) -> Bool {
        constraints(of: field).isSetByServer
    }

    /// The constraints of a place's value beyond its kind.
    package func constraints(of field: FieldID) -> ValueConstraints {
        field.index < constraints.count ? constraints[field.index] : ValueConstraints()
    }

    /// The kind and rules of the values of an object whose names are free; nil for every other place.
    package func mapValues(of field: FieldID) -> MapValues? { mapValues[field] }

    /// The object whose members an object place has: itself, or the one that its declaration refers to.
    package func owner(ofMembersAt field: FieldID) -> FieldID { likenesses[field] ?? field }

    /// The known members of an object place, in schema order.
    public func members(of field: FieldID) -> [FieldID] {
        field == .record ? recordMembers : field.index < places.count ? places[field.index].members : []
    }

    /// The place of the elements of an array place; `.unknown` if `field` is not an array.
    @inline(__always)
    public func elements(of field: FieldID) -> FieldID {
        field.index < places.count ? places[field.index].elements : .unknown
    }

    /// The index of a field among its siblings in schema order.
    @inline(__always)
    public func ordinal(of field: FieldID) -> Int {
        field.index < places.count ? places[field.index].ordinal : 0
    }

    /// The object place that a field is a member of.
    func scope(of field: FieldID) -> FieldID {
        field.index < places.count ? places[field.index].parent : .unknown
    }

    /// Whether a place is an object whose members the schema names.
    @inline(__always)
    func isScope(_ field: FieldID) -> Bool {
        field == .record || (field.index < places.count && places[field.index].kind == .object)
    }

    /// The field of the member `key` in the object at `scope`; `.unknown` if it is not in the schema.
    public func field(named key: Span<UInt8>, in scope: FieldID) -> FieldID {
        let bytes = ByteView(key)
        return keys.find(bytes, from: 0, count: bytes.count, in: scope)
    }
}
