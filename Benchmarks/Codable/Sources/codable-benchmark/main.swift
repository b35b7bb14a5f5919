// What `Codable` costs beside Foundation's coder for JSON, XMLCoder and SwiftCSV, in one run:
//
//   codable-benchmark [COUNT [ROUNDS]]    8,000 values and 5 rounds unless told otherwise; XMLCoder reads no more than 10 MB
//
// Prints user CPU time a value, the best of the rounds, and how many times as fast ours is.

import Foundation
import ResourceCodable
import ResourceFormats
import SwiftCSV
import XMLCoder

struct Address: Codable, Equatable {
    var street: String
    var city: String
    var postalCode: String
    var country: String?
}

struct Line: Codable, Equatable {
    var article: String
    var quantity: Int
    var unitPrice: Double
    var taxRate: Double?
    var note: String?
}

enum Status: String, Codable {
    case open, paid, cancelled
}

struct Invoice: Codable, Equatable {
    var id: Int
    var number: String
    var customer: String
    var billing: Address
    var shipping: Address?
    var lines: [Line]
    var tags: [String]
    var status: Status
    var isPaid: Bool
    var total: Double
    var discount: Double?
    var reference: String?
    var createdAt: Int
    var attributes: [String: String]
}

func invoice(_ index: Int) -> Invoice {
    let address = Address(
        street: "Long Street \(index % 500)", city: "Springfield", postalCode: "0\(1000 + index % 9000)",
        country: index % 3 == 0 ? nil : "DE")
    return Invoice(
        id: index, number: "R-2026-\(100_000 + index)", customer: "Customer \"\(index)\" & Söhne", billing: address,
        shipping: index % 4 == 0 ? address : nil,
        lines: (0..<(index % 4 + 1)).map {
            Line(
                article: "Article \($0 * 37 + index)", quantity: $0 + 1, unitPrice: Double(index % 1000) / 8 + 0.1,
                taxRate: $0 % 2 == 0 ? 0.19 : nil, note: nil)
        },
        tags: ["a\(index % 7)", "export", "priority"], status: index % 2 == 0 ? .open : .paid, isPaid: index % 2 != 0,
        total: Double(index) * 1.19, discount: index % 5 == 0 ? 2.5 : nil,
        reference: index % 2 == 0 ? "ref \(index)" : nil,
        createdAt: 1_790_000_000 + index, attributes: ["channel": "web", "region": "eu-\(index % 10)"])
}

func userTime() -> Double {
    var usage = rusage()
    #if os(Linux)
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    #else
    getrusage(RUSAGE_SELF, &usage)
    #endif
    return Double(usage.ru_utime.tv_sec) + Double(usage.ru_utime.tv_usec) / 1e6
}

let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
let count = arguments.first ?? 8_000
let rounds = arguments.dropFirst().first ?? 5
let values = (0..<count).map { invoice($0) }

func best(_ body: () throws -> Void) rethrows -> Double {
    var best = Double.infinity
    for _ in 0..<rounds {
        let start = userTime()
        try body()
        best = min(best, userTime() - start)
    }
    return best / Double(count) * 1e6
}

let json = try Format.json.encode(values)
let data = try JSONEncoder().encode(values)
guard try JSONDecoder().decode([Invoice].self, from: Data(json)) == values,
    try Format.json.decode([Invoice].self, from: Array(data)) == values
else {
    print("codable-benchmark: the two do not agree")
    exit(1)
}

func row(_ name: String, _ time: Double, _ reference: Double? = nil) {
    let digits = { (value: Double) in String((value * 100).rounded() / 100) }
    let ratio = reference.map { ", \(digits($0 / time)) times as fast" } ?? ""
    print("\(name): \(digits(time)) µs a value\(ratio)")
}

/// XMLCoder needs a type around a list.
struct Invoices: Codable {
    var invoice: [Invoice]
}

/// Times one format of ours beside a peer; nil where the peer has no such direction.
func compare(
    _ format: Format, with peer: String, encode: (() throws -> Void)?, decode: (() throws -> Void)?
) throws {
    let bytes = try format.encode(values)
    let peerEncode = try encode.map { try best($0) }
    let peerDecode = try decode.map { try best($0) }
    if let peerEncode { row("\(peer) encode", peerEncode) }
    row("\(format) encode", try best { _ = try format.encode(values) }, peerEncode)
    if let peerDecode { row("\(peer) decode", peerDecode) }
    row("\(format) decode", try best { _ = try format.decode([Invoice].self, from: bytes) }, peerDecode)
}

print("\(count) values, \(json.count) bytes of JSON, best of \(rounds) rounds, user CPU time")

let encoder = JSONEncoder()
let decoder = JSONDecoder()
try compare(
    .json, with: "Foundation's JSON", encode: { _ = try encoder.encode(values) },
    decode: { _ = try decoder.decode([Invoice].self, from: data) })

let xmlEncoder = XMLEncoder()
let xmlDecoder = XMLDecoder()
let xml = try xmlEncoder.encode(Invoices(invoice: values), withRootKey: "invoices")
try compare(
    .xml, with: "XMLCoder",
    encode: { _ = try xmlEncoder.encode(Invoices(invoice: values), withRootKey: "invoices") },
    decode: { _ = try xmlDecoder.decode(Invoices.self, from: xml) })

// SwiftCSV reads rows of text by column; it makes no values of them, and writes nothing.
let csv = String(decoding: try Format.csv.encode(values), as: UTF8.self)
try compare(
    .csv, with: "SwiftCSV (rows of text)", encode: nil,
    decode: {
        guard try CSV<Named>(string: csv).rows.count == values.count else { throw CocoaError(.formatting) }
    })
