// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "ModelRegistry",
    platforms: [.macOS(.v26)],
    products: [
        .executable(name: "ModelRegistry", targets: ["ModelRegistry"]),
        .library(name: "RegistryStore", targets: ["RegistryStore"]),
        .library(name: "RegistryDescription", targets: ["RegistryDescription"]),
    ],
    dependencies: [
        .package(name: "llmfmt", path: "../..", traits: [.defaults, "Hummingbird"]),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-distributed-tracing.git", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-metrics.git", from: "2.7.0"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.34.0"),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
    ],
    targets: [
        .executableTarget(
            name: "ModelRegistry",
            dependencies: [
                "RegistryDescription", "RegistryStore",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "ContentNegotiation", package: "llmfmt"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "LLMResources", package: "llmfmt"),
                .product(name: "LLMResourcesHTTP", package: "llmfmt"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "ResourceFormats", package: "llmfmt"),
                .product(name: "ResourceHTTP", package: "llmfmt"),
                .product(name: "ResourceHummingbird", package: "llmfmt"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            resources: [.embedInCode("Page/index.html")]),
        .target(
            name: "RegistryStore",
            dependencies: [
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "LLMResources", package: "llmfmt"),
                .product(name: "ResourceFormats", package: "llmfmt"),
            ]),
        .target(
            name: "RegistryDescription",
            dependencies: [
                .product(name: "ContentNegotiation", package: "llmfmt"),
                .product(name: "LLMResources", package: "llmfmt"),
                .product(name: "ResourceCodable", package: "llmfmt"),
                .product(name: "ResourceFormats", package: "llmfmt"),
            ]),
        .testTarget(
            name: "ModelRegistryTests",
            dependencies: [
                "ModelRegistry", "RegistryStore",
                .product(name: "ContentNegotiation", package: "llmfmt"),
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "InMemoryTracing", package: "swift-distributed-tracing"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
                .product(name: "LLMResources", package: "llmfmt"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ResourceFormats", package: "llmfmt"),
                .product(name: "ResourceHTTP", package: "llmfmt"),
            ]),
        .testTarget(
            name: "RegistryStoreTests",
            dependencies: [
                "RegistryStore",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "LLMResources", package: "llmfmt"),
                .product(name: "ResourceFormats", package: "llmfmt"),
                .product(name: "ResourceFormatsTesting", package: "llmfmt"),
            ]),
        .testTarget(
            name: "RegistryDescriptionTests",
            dependencies: [
                "RegistryDescription",
                .product(name: "LLMResources", package: "llmfmt"),
                .product(name: "ResourceFormats", package: "llmfmt"),
                .product(name: "ResourceFormatsTesting", package: "llmfmt"),
            ]),
    ]
)

for target in package.targets {
    target.swiftSettings = [
        .swiftLanguageMode(.v6),
        .strictMemorySafety(),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableExperimentalFeature("Lifetimes"),
    ]
}
