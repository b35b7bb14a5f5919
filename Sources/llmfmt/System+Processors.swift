#if canImport(Glibc)
import Glibc
internal import CSystemCalls
#elseif canImport(Musl)
import Musl
internal import CSystemCalls
#elseif canImport(Darwin)
import Darwin
#endif

extension System {
    /// How many processors the process may use, at least 1.
    static var processorCount: Int {
        #if canImport(Glibc) || canImport(Musl)
        let allowed = Int(llmfmtProcessorCount())
        if allowed > 0 { return allowed }
        #endif
        return max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    }
}
