// Prints, as a Markdown table, how long a negotiation takes: the median of some rounds, one thread.

import ContentNegotiation

let offers = [
    "application/json", "application/hal+json", "application/xml", "text/xml", "text/csv;header=present",
    "text/csv;header=absent",
].compactMap { MediaType($0) }
let five = Array(offers.prefix(5))
let megabyte = 1 << 20

/// A field to measure with; hostile ones are long and run less often.
struct Case {
    let name: String
    let accept: String
    let offers: [MediaType]
    var runs = 200_000
}

let browser =
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,"
    + "application/signed-exchange;v=b3;q=0.7"
let cases = [
    Case(name: "`application/json`", accept: "application/json", offers: five),
    Case(name: "`text/csv`", accept: "text/csv", offers: five),
    Case(name: "`*/*`", accept: "*/*", offers: five),
    Case(name: "empty", accept: "", offers: five),
    Case(
        name: "`text/csv;header=absent, text/csv;q=0.5`", accept: "text/csv;header=absent, text/csv;q=0.5",
        offers: offers),
    Case(
        name: "Firefox", accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", offers: five),
    Case(name: "Chrome", accept: browser, offers: five),
    Case(
        name: "100,000 ranges", accept: String(repeating: "text/csv;q=0.5,", count: 100_000), offers: offers, runs: 20),
    Case(name: "100,000 wildcards", accept: String(repeating: "*/*;q=0.1,", count: 100_000), offers: offers, runs: 20),
    Case(name: "1 MB of quotes", accept: String(repeating: "\"", count: megabyte), offers: offers, runs: 20),
    Case(name: "1 MB of commas", accept: String(repeating: ",", count: megabyte), offers: offers, runs: 20),
    Case(
        name: "1 MB of semicolons", accept: "text/csv" + String(repeating: ";", count: megabyte), offers: offers,
        runs: 20),
    Case(
        name: "1 MB in a quoted string",
        accept: "text/csv;a=\"" + String(repeating: "\\\"", count: megabyte / 2) + "\"",
        offers: offers, runs: 20),
    Case(
        name: "100,000 parameters", accept: "text/csv" + String(repeating: ";header=present", count: 100_000),
        offers: offers, runs: 20),
    Case(
        name: "100,000 malformed elements", accept: String(repeating: "malformed,", count: 100_000), offers: offers,
        runs: 20),
]

let clock = ContinuousClock()

/// Makes the compiler believe that a result matters.
@inline(never) func keep(_ value: Int) {
    if value == .min { print(value) }
}

/// The median time of one call, in nanoseconds, of seven rounds.
func nanoseconds(_ runs: Int, _ body: () -> Int) -> Double {
    var rounds: [Double] = []
    var sum = 0
    for _ in 0..<7 {
        let time = clock.measure {
            for _ in 0..<runs { sum &+= body() }
        }
        rounds.append(Double(time.components.seconds) * 1e9 + Double(time.components.attoseconds) / 1e9)
    }
    keep(sum)
    return rounds.sorted()[3] / Double(runs)
}

func figure(_ nanoseconds: Double) -> String {
    nanoseconds < 10_000 ? "\(Int(nanoseconds + 0.5)) ns" : "\(Double(Int(nanoseconds / 10_000 + 0.5)) / 100) ms"
}

print("| field | offers | decision | best offer only |")
print("| --- | ---: | ---: | ---: |")
for test in cases {
    let negotiator = Negotiator(offers: test.offers)
    let decision = nanoseconds(test.runs) { negotiator.decision(accept: test.accept).ranking.count }
    let best = nanoseconds(test.runs) { negotiator.bestOffer(accept: test.accept) ?? 9 }
    print("| \(test.name) | \(test.offers.count) | \(figure(decision)) | \(figure(best)) |")
}
