// UNSAFE CODE. A stack of a known size. The argument for its safety:
// - The work is handed to the thread in a box that is retained for it, and released by it exactly once.
// - The thread has ended before the call returns.

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

extension System {
    /// What the deepest records take several times over, in builds without optimization as well.
    private static var ampleStack: Int { 8 << 20 }

    /// Runs the tool's work: here, or on a thread with a stack of its own where the user gives less (`ulimit -s`).
    ///
    /// Signals that ask the tool to end come to the thread that works, as its handlers ask.
    static func runOnAmpleStack(_ work: @escaping () -> Void) {
        var limit = rlimit()
        #if canImport(Glibc)
        let resource = __rlimit_resource_t(RLIMIT_STACK.rawValue)
        #else
        let resource = RLIMIT_STACK
        #endif
        guard unsafe getrlimit(resource, &limit) == 0, limit.rlim_cur < rlim_t(ampleStack) else { return work() }
        var attributes = pthread_attr_t()
        unsafe pthread_attr_init(&attributes)
        defer { unsafe pthread_attr_destroy(&attributes) }
        unsafe pthread_attr_setstacksize(&attributes, ampleStack)
        let box = unsafe Unmanaged.passRetained(Work(work))
        var result: Int32 = 0
        #if canImport(Darwin)
        var thread: pthread_t?
        #else
        var thread = pthread_t()
        #endif
        // The thread that only waits takes none of these signals; the other lets them through again.
        try? withInterruptsHeld { () throws(SystemError) in
            result = unsafe pthread_create(
                &thread, &attributes,
                { pointer in
                    let work: Work? = unsafe pointer.map {
                        unsafe Unmanaged<Work>.fromOpaque($0).takeRetainedValue()
                    }
                    System.letInterruptsThrough()
                    work?.body()
                    return nil
                }, box.toOpaque())
            guard result == 0 else { return }
            #if canImport(Darwin)
            if let thread = unsafe thread { unsafe pthread_join(thread, nil) }
            #else
            pthread_join(thread, nil)
            #endif
        }
        if result != 0 {
            unsafe box.release()
            work()
        }
    }

    /// What is handed to the thread.
    private final class Work {
        let body: () -> Void

        init(_ body: @escaping () -> Void) {
            self.body = body
        }
    }
}
