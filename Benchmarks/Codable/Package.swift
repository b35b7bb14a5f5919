// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "codable-benchmark",
    platforms: [.macOS(.v26)],
    dependencies: [
        .package(name: "llmfmt", path: "../.."),
        .package(url: "https://github.com/CoreOffice/XMLCoder.git", from: "0.18.0"),
        .package(url: "https://github.com/swiftcsv/SwiftCSV.git", from: "0.10.0"),
    ],
    targets: [
        .executableTarget(
            name: "codable-benchmark",
            dependencies: [
                .product(name: "ResourceCodable", package: "llmfmt"),
                .product(name: "ResourceFormats", package: "llmfmt"),
                .product(name: "XMLCoder", package: "XMLCoder"),
                .product(name: "SwiftCSV", package: "SwiftCSV"),
            ])
    ]
)
