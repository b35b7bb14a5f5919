import Foundation

/// How long the processor worked for `body` on this thread.
///
/// For tests that something hostile costs no more than its length: time on the wall would also count what else the
/// machine does, the other tests above all.
package func processorTime(_ body: () throws -> Void) rethrows -> Duration {
    let start = threadTime()
    try body()
    return threadTime() - start
}

private func threadTime() -> Duration {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
}
