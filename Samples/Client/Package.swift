// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "model-client",
    platforms: [.macOS(.v26)],
    dependencies: [
        .package(name: "llmfmt", path: "../.."),
        // The server of the tests.
        .package(name: "flying-fox-server", path: "../FlyingFoxServer"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
        .package(url: "https://github.com/swhitty/FlyingFox.git", from: "0.27.1"),
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
    ],
    targets: [
        .target(
            name: "ModelClient",
            dependencies: [
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "ContentNegotiation", package: "llmfmt"),
                .product(name: "LLMResources", package: "llmfmt"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "ResourceFormats", package: "llmfmt"),
            ]),
        .executableTarget(
            name: "Client",
            dependencies: [
                "ModelClient",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "LLMResources", package: "llmfmt"),
            ]),
        .testTarget(
            name: "ModelClientTests",
            dependencies: [
                "Client", "ModelClient",
                .product(name: "FlyingFox", package: "FlyingFox"),
                .product(name: "FlyingSocks", package: "FlyingFox"),
                .product(name: "LLMResources", package: "llmfmt"),
                .product(name: "ModelServer", package: "flying-fox-server"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ResourceFormats", package: "llmfmt"),
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
