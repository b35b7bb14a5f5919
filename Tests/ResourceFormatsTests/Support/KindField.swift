import ResourceFormats

/// A schema with every kind of field: dates, decimal numbers, lengths, free names, and objects of the same form as others.
enum KindField: UInt16, SchemaField {
    case code, day, moment, price, rate, title, days
    case labels, limits, maps
    case address, addressCity, addressSince, billing, branches
    case parent, children
    case group, groupName, groupParts
    case draft, owner

    var declaration: FieldDeclaration<Self> {
        switch self {
        case .code: .string("code").length(2...4).required(in: .resource, .create)
        case .day: .date("day").required(in: .create)
        case .moment: .dateTime("moment").described("When it was.")
        case .price: .number("price").decimal(from: "0.01", to: "9999.99")
        case .rate: .number("rate").decimal(to: "1e-3")
        case .title: .string("title").length(0...5)
        case .days: .array("days", of: .date("day"))
        case .labels: .map("labels", of: .string("label").length(1...8))
        case .limits: .map("limits", of: .number("limit").integer(0...9))
        case .maps: .array("maps", of: .object)
        case .address: .object("home/~ address")
        case .addressCity: .string("city", in: .address).required(in: .resource, .create)
        case .addressSince: .date("since", in: .address)
        case .billing: .object("billing").withMembers(of: .address).described("Where bills go.")
        case .branches: .array("branches", of: .object).withMembers(of: .address)
        case .parent: .object("parent").withMembersOfRecord()
        case .children: .array("children", of: .object).withMembersOfRecord()
        case .group: .array("group", of: .object)
        case .groupName: .string("name", in: .group).length(1...3)
        case .groupParts: .array("parts", of: .object, in: .group).withMembers(of: .group)
        case .draft: .boolean("draft")
        case .owner: .string("owner").required(in: .resource)
        }
    }

    static let scopes: [SchemaScope<Self>] = [
        SchemaScope("a dated thing", where: .title, is: "d", required: [.moment], excluded: [.rate], foreign: [.draft]),
        SchemaScope("another thing", where: .title, is: "o", isDefault: true, foreign: [.labels]),
    ]

    static let schema = Schema("thing", plural: "things", fields: KindField.self)
}
