import Synchronization

/// A clock that stands still until it is set.
final class TestClock: Sendable {
    private let value: Mutex<Int>

    init(_ time: Int) {
        value = Mutex(time)
    }

    var time: Int {
        get { value.withLock { $0 } }
        set { value.withLock { $0 = newValue } }
    }

    var now: @Sendable () -> Int {
        { self.time }
    }
}

/// What a closure that may run anywhere has noted last.
final class PathList: Sendable {
    private let value = Mutex<[String]>([])

    var paths: [String] { value.withLock { $0 } }

    func set(_ paths: [String]) {
        value.withLock { $0 = paths }
    }
}
