import CoreMetrics
import HTTPTypes
import HummingbirdTesting
import InMemoryTracing
import Testing
import Tracing

@testable import ModelRegistry

@Suite struct ObservationTests {
    @Test func countsAndTimes() {
        let metrics = PrometheusMetrics()
        let counter = metrics.makeCounter(label: "hb.requests", dimensions: [("http.route", "/a\"b\\c\nd")])
        counter.increment(by: 2)
        metrics.makeCounter(label: "hb.requests", dimensions: [("http.route", "/a\"b\\c\nd")]).increment(by: 1)
        let meter = metrics.makeMeter(label: "2active", dimensions: [])
        meter.set(3.0)
        meter.decrement(by: 0.5)
        metrics.makeTimer(label: "wait", dimensions: [("x", "y")]).recordNanoseconds(30_000_000)
        let lines = metrics.text.split(separator: "\n")
        #expect(lines.contains("# TYPE hb_requests_total counter"))
        #expect(lines.contains(#"hb_requests_total{http_route="/a\"b\\c\nd"} 3"#))
        #expect(lines.contains("_active 2.5"))
        #expect(lines.contains(#"wait_seconds_bucket{x="y",le="0.025"} 0"#))
        #expect(lines.contains(#"wait_seconds_bucket{x="y",le="0.05"} 1"#))
        #expect(lines.contains(#"wait_seconds_bucket{x="y",le="+Inf"} 1"#))
        #expect(lines.contains(#"wait_seconds_sum{x="y"} 0.03"#))
        #expect(lines.contains(#"wait_seconds_count{x="y"} 1"#))
    }

    @Test func makesASpanForEachRequest() async throws {
        let tracer = InMemoryTracer()
        InstrumentationSystem.bootstrap(tracer)
        var configuration = RegistryConfiguration()
        configuration.credentials.keys = [.init("s3cret")]
        try await RegistryServer.run(configuration) { client in
            _ = try await client.send(.get, RegistryServer.models + "?limit=1&api_key=s3cret")
            _ = try await client.send(.get, RegistryServer.models + "/x?traced=1&api_key=s3cret")
        }
        let spans = tracer.finishedSpans
        let routes = spans.map(\.operationName)
        #expect(routes.contains { $0.contains("largelanguagemodels") })
        for span in spans {
            span.attributes.forEach { name, value in #expect(!"\(name) \(value)".contains("s3cret")) }
        }
    }
}
