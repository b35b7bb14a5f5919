/// A record that a program puts together in any order, and that is then laid on a tape.
///
/// A tape takes values in document order only. Here each object and array can grow until the end, as the containers of an
/// `Encoder` can. Places that this assembly has not given out since `removeAll` may not be asked for.
package final class RecordAssembly {
    private(set) var places = AssembledPlaces()

    /// An assembly with the root alone.
    package init() {}

    /// Forgets everything but the root, and keeps the memory.
    package func removeAll() { places.removeAll() }

    /// The place of the value that everything else is in.
    package var root: Int { 0 }

    // MARK: Containers

    /// Makes an object of a place, if it is not one; false if another value is there.
    package func makeObject(at place: Int) -> Bool { places.makeObject(at: place) }

    /// Makes an array of a place, if it is not one; false if another value is there.
    package func makeArray(at place: Int) -> Bool { places.makeArray(at: place) }

    /// A place that is in no record.
    package func addDetached() -> Int { places.addDetached() }

    /// Adds a member to an object and returns the place of its value; a name that comes again replaces its value.
    package func addMember(_ name: String, to object: Int) -> Int { places.addMember(name, to: object) }

    /// Adds an element to an array and returns its place.
    package func addElement(to array: Int) -> Int { places.addElement(to: array) }

    /// Lets the container at a place go on where its name is added to its object once more.
    package func share(_ place: Int) { places.share(place) }

    /// Takes back a member or element.
    package func drop(_ place: Int) { places.drop(place) }

    /// How many elements an array has.
    package func elementCount(of array: Int) -> Int { places.elementCount(of: array) }

    /// The places of the elements, if the root is an array.
    package var rootElements: [Int]? { places.rootElements }

    /// Whether a place has an object.
    package func isObject(_ place: Int) -> Bool { places.isObject(place) }

    /// Whether nothing was put at a place.
    package func isOpen(_ place: Int) -> Bool { places.isOpen(place) }

    // MARK: Scalars

    /// Puts a text at a place.
    package func set(_ text: String, at place: Int) { places.set(text, at: place) }

    /// Puts a number at a place, whose text follows the grammar of RFC 8259; false if it does not.
    package func set(number text: String, at place: Int) -> Bool { places.set(number: text, at: place) }

    /// Puts a whole number at a place.
    package func set(_ magnitude: UInt64, isNegative: Bool, at place: Int) {
        places.set(magnitude, isNegative: isNegative, at: place)
    }

    /// Puts `true` or `false` at a place.
    package func set(_ value: Bool, at place: Int) { places.set(value, at: place) }

    /// Puts `null` at a place.
    package func setNull(at place: Int) { places.setNull(at: place) }

    // MARK: The record

    /// Lays the object at a place on the tape.
    ///
    /// - Throws: `.depthLimit`, `.recordLimit`.
    package func lay(from root: Int, depth: Int) throws(SerializationError) { try places.lay(from: root, depth: depth) }

    /// The steps from the root to a place.
    package func path(to place: Int) -> [RecordStep] { places.path(to: place) }
}

/// A step of the way from a record to a value in it.
package enum RecordStep: Sendable {
    /// To the member of this name.
    case name(String)
    /// To an element.
    case index(Int)
}
