// Serves one page of records in three ways, so that a load generator can compare them:
//   /precomputed/NAME   bytes that were made when the server started
//   /toolkit            kept records, encoded for each request as its `Accept` says; a hash for the tag
//   /versioned          the same, with a version for the tag
//   /cached             the same, with a cache of what was encoded for the version
//   /typed              typed resources, the same
// Arguments: a JSON file with records, and a port.

import Foundation
import Hummingbird
import LLMResources
import ResourceFormats
import ResourceHTTP
import ResourceHummingbird

let arguments = CommandLine.arguments
guard arguments.count == 3, let port = Int(arguments[2]), let data = FileManager.default.contents(atPath: arguments[1])
else {
    print("usage: server-benchmark FILE.json PORT")
    exit(64)
}

let schema = LargeLanguageModel.schema
let bytes = [UInt8](data)
let records = try StoredRecord.records(in: bytes.span, from: .json, schema: schema).records
let models = try Format.json.decode([LargeLanguageModel].self, from: bytes.span)
let page = PageInfo(total: Number(records.count), nextCursor: "0123456789abcdef")
let responder = ResourceResponder(schema: schema)
let cachingResponder = ResourceResponder(schema: schema, cache: RepresentationCache())

let router = Router()
for representation in Representation.standard {
    // The very response that the toolkit would make.
    let made = try responder.response(
        to: .init(
            method: .get, scheme: "http", authority: "localhost", path: "/",
            headerFields: [.accept: representation.mediaType.description]), with: records, page: page)
    guard case .bytes(let content) = made.body else { continue }
    let response = Response(
        status: .ok, headers: made.head.headerFields, body: ResponseBody(byteBuffer: ByteBuffer(bytes: content.array)))
    let name = representation.mediaType.description.replacing("/", with: "-")
    router.get("/precomputed/\(name)") { _, _ in response }
}
router.get("/versioned") { request, _ in
    try responder.response(to: request.head, with: records, page: page, version: "1")
}
router.get("/cached") { request, _ in
    try cachingResponder.response(to: request.head, with: records, page: page, version: "1")
}
router.get("/toolkit") { request, _ in try responder.response(to: request.head, with: records, page: page) }
router.get("/typed") { request, _ in try responder.response(to: request.head, with: models, page: page) }

let application = Application(
    router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)))
try await application.runService()
