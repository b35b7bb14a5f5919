// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "server-benchmark",
    platforms: [.macOS(.v26)],
    dependencies: [
        .package(name: "llmfmt", path: "../..", traits: [.defaults, "Hummingbird"]),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.0"),
    ],
    targets: [
        .executableTarget(
            name: "server-benchmark",
            dependencies: [
                .product(name: "LLMResources", package: "llmfmt"),
                .product(name: "ResourceFormats", package: "llmfmt"),
                .product(name: "ResourceHTTP", package: "llmfmt"),
                .product(name: "ResourceHummingbird", package: "llmfmt"),
                .product(name: "Hummingbird", package: "hummingbird"),
            ])
    ]
)
