// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "codable-benchmark",
    platforms: [.macOS(.v26)],
    dependencies: [.package(name: "llmfmt", path: "../..")],
    targets: [
        .executableTarget(
            name: "codable-benchmark",
            dependencies: [
                .product(name: "ResourceCodable", package: "llmfmt"),
                .product(name: "ResourceFormats", package: "llmfmt"),
            ])
    ]
)
