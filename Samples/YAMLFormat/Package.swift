// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "yaml-format",
    platforms: [.macOS(.v26)],
    products: [
        .library(name: "YAMLFormat", targets: ["YAMLFormat"]),
        .executable(name: "yaml-convert", targets: ["yaml-convert"]),
    ],
    dependencies: [
        .package(name: "llmfmt", path: "../.."),
        // Exact: the events come from its module CYaml, which is not among its products.
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    ],
    targets: [
        .target(
            name: "YAMLFormat",
            dependencies: [
                .product(name: "ContentNegotiation", package: "llmfmt"),
                .product(name: "ResourceFormats", package: "llmfmt"),
                .product(name: "Yams", package: "Yams"),
            ]),
        .executableTarget(
            name: "yaml-convert", dependencies: ["YAMLFormat", .product(name: "LLMResources", package: "llmfmt")]),
        .testTarget(
            name: "YAMLFormatTests",
            dependencies: [
                "YAMLFormat", "yaml-convert",
                .product(name: "LLMResources", package: "llmfmt"),
                .product(name: "ResourceFormatsTesting", package: "llmfmt"),
                .product(name: "Yams", package: "Yams"),
            ]),
    ]
)
