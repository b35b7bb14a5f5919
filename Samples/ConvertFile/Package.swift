// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "convert-file",
    platforms: [.macOS(.v26)],
    dependencies: [.package(name: "llmfmt", path: "../..")],
    targets: [
        .executableTarget(
            name: "ConvertFile",
            dependencies: [
                .product(name: "LLMResources", package: "llmfmt"),
                .product(name: "ResourceFormats", package: "llmfmt"),
            ]),
        .testTarget(
            name: "ConvertFileTests",
            dependencies: ["ConvertFile", .product(name: "ResourceFormats", package: "llmfmt")]),
    ]
)
