// swift-tools-version: 6.2
import PackageDescription

// Scripts/install and Scripts/package say which commit they build: `llmfmt --version` prints it.
let commit = Context.environment["LLMFMT_COMMIT"]

let package = Package(
    name: "llmfmt",
    platforms: [.macOS(.v26)],
    products: [
        .library(name: "ContentNegotiation", targets: ["ContentNegotiation"]),
        .library(name: "ResourceFormats", targets: ["ResourceFormats"]),
        .library(name: "ResourceCodable", targets: ["ResourceCodable"]),
        .library(name: "LLMResources", targets: ["LLMResources"]),
        .library(name: "ResourceHTTP", targets: ["ResourceHTTP"]),
        .library(name: "LLMResourcesHTTP", targets: ["LLMResourcesHTTP"]),
        .library(name: "ResourceHummingbird", targets: ["ResourceHummingbird"]),
        .library(name: "ResourceFormatsTesting", targets: ["ResourceFormatsTesting"]),
        .executable(name: "llmfmt", targets: ["llmfmt"]),
    ],
    traits: [
        .trait(name: "XML", description: "Adds XML, and all encodings of CSV, through the system's libxml2."),
        .trait(name: "Hummingbird", description: "Adds the adapter for Hummingbird, and fetches it."),
        .default(enabledTraits: ["XML"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0", traits: []),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.34.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]),
        .target(name: "CSystemCalls", cSettings: commit.map { [.define("LLMFMT_COMMIT", to: "0x\($0)")] } ?? []),
        .systemLibrary(name: "CByteMasks"),
        .target(name: "ContentNegotiation"),
        .target(
            name: "ResourceFormats",
            dependencies: [
                "CByteMasks", .target(name: "CLibXML2", condition: .when(traits: ["XML"])), "ContentNegotiation",
            ],
            // The rounding of Double: libxml2 brings it along, and so does Foundation, but neither need be there.
            linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),
        .target(name: "ResourceCodable", dependencies: ["ResourceFormats"]),
        .target(name: "LLMResources", dependencies: ["ResourceFormats"]),
        .target(
            name: "ResourceHTTP",
            dependencies: [
                "ContentNegotiation", "ResourceFormats", .product(name: "HTTPTypes", package: "swift-http-types"),
            ]),
        // The API's own part of HTTP: in LLMResources it would bring swift-http-types along, in ResourceHTTP an API.
        .target(name: "LLMResourcesHTTP", dependencies: ["ResourceHTTP"]),
        // Its files are empty without the trait: SwiftPM builds the target all the same.
        .target(
            name: "ResourceHummingbird",
            dependencies: [
                "ResourceFormats", "ResourceHTTP",
                .product(name: "Hummingbird", package: "hummingbird", condition: .when(traits: ["Hummingbird"])),
                .product(name: "NIOEmbedded", package: "swift-nio", condition: .when(traits: ["Hummingbird"])),
                .product(name: "NIOHTTP1", package: "swift-nio", condition: .when(traits: ["Hummingbird"])),
                .product(
                    name: "NIOHTTPCompression", package: "swift-nio-extras",
                    condition: .when(traits: ["Hummingbird"])),
            ]),
        .target(name: "ResourceFormatsTesting", dependencies: ["ResourceFormats"]),
        .executableTarget(
            name: "llmfmt",
            dependencies: [
                "CSystemCalls", "ContentNegotiation", "LLMResources", "ResourceFormats",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .target(name: "TestSupport", path: "Tests/Support"),
        .testTarget(name: "ContentNegotiationTests", dependencies: ["ContentNegotiation", "TestSupport"]),
        .testTarget(
            name: "ResourceFormatsTests",
            dependencies: [
                "CByteMasks", "CLibXML2", "ResourceFormats", "LLMResources", "ResourceFormatsTesting", "TestSupport",
            ]),
        .testTarget(
            name: "ResourceCodableTests", dependencies: ["LLMResources", "ResourceCodable", "ResourceFormats"]),
        .testTarget(
            name: "LLMResourcesTests", dependencies: ["LLMResources", "ResourceFormatsTesting", "TestSupport"]),
        .testTarget(
            name: "ResourceHTTPTests",
            dependencies: [
                "LLMResources", "LLMResourcesHTTP", "ResourceFormats", "ResourceFormatsTesting", "ResourceHTTP",
            ]),
        .testTarget(
            name: "ResourceHummingbirdTests",
            dependencies: [
                "ContentNegotiation", "ResourceFormats", "ResourceHummingbird", "ResourceHTTP", "LLMResources",
                .product(name: "Hummingbird", package: "hummingbird", condition: .when(traits: ["Hummingbird"])),
                .product(name: "HummingbirdTesting", package: "hummingbird", condition: .when(traits: ["Hummingbird"])),
            ]),
        .testTarget(
            name: "SecondResourceTests",
            dependencies: [
                "ContentNegotiation", "ResourceFormats", "ResourceFormatsTesting", "ResourceHTTP",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ], path: "Tests/SecondResource"),
        .testTarget(name: "llmfmtTests", dependencies: ["llmfmt", "LLMResources", "ResourceFormatsTesting"]),
    ]
)

for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .swiftLanguageMode(.v6),
        .strictMemorySafety(),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableExperimentalFeature("Lifetimes"),
    ]
}
