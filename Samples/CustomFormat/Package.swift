// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "custom-format",
    platforms: [.macOS(.v26)],
    products: [.library(name: "TabSeparatedValues", targets: ["TabSeparatedValues"])],
    dependencies: [.package(name: "llmfmt", path: "../..")],
    targets: [
        .target(
            name: "TabSeparatedValues", dependencies: [.product(name: "ResourceFormats", package: "llmfmt")]),
        .executableTarget(
            name: "CustomFormat",
            dependencies: ["TabSeparatedValues", .product(name: "LLMResources", package: "llmfmt")]),
        .testTarget(
            name: "TabSeparatedValuesTests",
            dependencies: [
                "CustomFormat", "TabSeparatedValues",
                .product(name: "ContentNegotiation", package: "llmfmt"),
                .product(name: "LLMResources", package: "llmfmt"),
                .product(name: "ResourceFormatsTesting", package: "llmfmt"),
            ]),
    ]
)
