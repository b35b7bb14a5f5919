// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "without-xml",
    platforms: [.macOS(.v26)],
    dependencies: [.package(name: "llmfmt", path: "../..", traits: [])],
    targets: [
        .executableTarget(
            name: "JSONToCSV",
            dependencies: [
                .product(name: "LLMResources", package: "llmfmt"),
                .product(name: "ResourceFormats", package: "llmfmt"),
            ]),
        .testTarget(
            name: "WithoutXMLTests",
            dependencies: [
                .product(name: "LLMResources", package: "llmfmt"),
                .product(name: "ResourceCodable", package: "llmfmt"),
                .product(name: "ResourceFormats", package: "llmfmt"),
                .product(name: "ResourceHTTP", package: "llmfmt"),
            ]),
    ]
)
