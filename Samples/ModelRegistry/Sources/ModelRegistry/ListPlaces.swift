import HTTPTypes
import ResourceHTTP
import Synchronization

/// The places for lists that are sent piece by piece: there are only so many at once.
///
/// Such a list has a connection to the database and pieces in hand, some megabytes, until its client has all of it; and
/// some of them keep every core busy, so that all other answers wait.
final class ListPlaces: Sendable {
    private let capacity: Int
    private let taken = Atomic(0)

    init(_ capacity: Int) {
        self.capacity = capacity
    }

    /// A place; it is free again when nobody holds it any more.
    ///
    /// - Throws: 503 if there is none left.
    func take() throws(ProblemDetails) -> Place {
        guard taken.wrappingAdd(1, ordering: .relaxed).newValue <= capacity else {
            giveBack()
            throw ProblemDetails(
                .serviceUnavailable, "as many long lists as can be are being sent; shorter pages come at any time",
                headerFields: [.retryAfter: "5"])
        }
        return Place(places: self)
    }

    private func giveBack() {
        _ = taken.wrappingSubtract(1, ordering: .relaxed)
    }

    /// One place, taken.
    final class Place: Sendable {
        private let places: ListPlaces

        fileprivate init(places: ListPlaces) {
            self.places = places
        }

        deinit {
            places.giveBack()
        }
    }
}
