// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "typed-benchmark",
    platforms: [.macOS(.v26)],
    dependencies: [.package(name: "llmfmt", path: "../..")],
    targets: [
        .executableTarget(
            name: "typed-benchmark",
            dependencies: [
                .product(name: "LLMResources", package: "llmfmt"), .product(name: "ResourceFormats", package: "llmfmt"),
            ])
    ]
)
