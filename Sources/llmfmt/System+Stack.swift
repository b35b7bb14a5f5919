// UNSAFE CODE. A stack of a known size. The argument for its safety:
// - The work is passed to the thread in a box that is retained for the thread, and released by it exactly once.
// - The thread has ended before the call returns.

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

extension System {
    /// Several times the stack that the deepest records need, also in builds without optimization.
    private static var ampleStack: Int { 8 << 20 }

    /// Runs the tool's work: here, or on a thread with a stack of its own if the user's limit is lower (`ulimit -s`).
    ///
    /// Signals that would end the tool are delivered to the thread that does the work, as the handlers require.
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
        // The waiting thread blocks these signals; the working thread unblocks them again.
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

    /// The work of the thread.
    private final class Work {
        let body: () -> Void

        init(_ body: @escaping () -> Void) {
            self.body = body
        }
    }
}
