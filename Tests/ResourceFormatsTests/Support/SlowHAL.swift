import ResourceFormatsTesting

/// The obvious HAL: the table of links as a program, over trees, and sharing no code with the library.
enum SlowHAL {
    private static let models = "/v2.0/largelanguagemodels"
    private static let ours = SlowJSON.object([
        member("name", "llm"), member("href", "/rels/{rel}"), .init("templated", .bool(true)),
    ])

    /// What the writer makes of a record whose `_links`, if any, came from HAL.
    static func item(_ record: SlowJSON, isEmbedded: Bool = false) -> SlowJSON {
        guard case .object(var members) = record else { return record }
        var given: [SlowJSON.Member] = []
        if case .object(let links)? = record["_links"] { given = links }
        members.removeAll { $0.name == "_links" }
        let links = merged(derived(.object(members)), with: given, isEmbedded: isEmbedded)
        return .object([.init("_links", .object(links))] + members)
    }

    /// The record without its links: what becomes of it in JSON.
    static func state(_ record: SlowJSON) -> SlowJSON {
        guard case .object(let members) = record else { return record }
        return .object(members.filter { $0.name != "_links" })
    }

    /// The links that a record implies, without `curies`.
    static func derived(_ record: SlowJSON) -> [SlowJSON.Member] {
        var links: [SlowJSON.Member] = []
        func add(_ relation: ExactText, _ before: String, _ value: SlowJSON?, _ behind: String = "") {
            guard let value = encoded(value) else { return }
            links.append(.init(relation, link(before + value + behind)))
        }
        func addAll(_ relation: ExactText, _ before: String, _ values: [SlowJSON?]) {
            let targets = values.compactMap { encoded($0) }.map { link(before + $0) }
            if !targets.isEmpty { links.append(.init(relation, .array(targets))) }
        }
        add("self", models + "/", record["_id"])
        let filter = encoded(record["projectId"]).map { "?projectId=" + $0 } ?? ""
        links.append(.init("collection", link(models + filter)))
        add("llm:connection", "/v2.0/connections/", record["connectionId"])
        add("llm:project", "/v2.0/projects/", record["projectId"])
        addAll("llm:assignedProject", "/v2.0/projects/", elements(record["assignedToProjects"]))
        addAll(
            "llm:fallback", models + "?referenceId=", elements(record["fallbacks"]).map { $0["fallbackLLMReferenceId"] }
        )
        add("llm:test", models + "/", record["_id"], "/test")
        add("llm:clone", models + "/", record["_id"], "/clone")
        add("llm:createdBy", "/v2.0/users/", record["createdBy"])
        add("llm:lastChangedBy", "/v2.0/users/", record["lastChangedBy"])
        return links
    }

    private static func merged(
        _ derived: [SlowJSON.Member], with given: [SlowJSON.Member], isEmbedded: Bool
    ) -> [SlowJSON.Member] {
        var foreign: [SlowJSON.Member] = []
        for relation in given {
            if relation.name == "curies", case .array(let entries) = relation.value {
                let others = entries.filter { $0.sorted != ours.sorted }
                if !others.isEmpty { foreign.append(.init("curies", .array(others))) }
            } else if derived.first(where: { $0.name == relation.name })?.value.sorted != relation.value.sorted {
                foreign.append(relation)
            }
        }
        var own = derived
        let usesCurie = (derived + foreign).contains {
            $0.name.string.unicodeScalars.starts(with: "llm:".unicodeScalars)
        }
        if usesCurie, !isEmbedded {
            let place = own.firstIndex { $0.name == "collection" }.map { $0 + 1 } ?? 0
            own.insert(.init("curies", .array([ours])), at: place)
        }
        var links = own.map { relation -> SlowJSON.Member in
            guard let other = foreign.first(where: { $0.name == relation.name }) else { return relation }
            guard relation.name == "curies", case .array(var entries) = other.value else { return other }
            let replacement = entries.firstIndex { $0["name"] == .string("llm") }
            let first = replacement.map { entries.remove(at: $0) } ?? ours
            return .init("curies", .array([first] + entries))
        }
        links += foreign.filter { relation in !own.contains { $0.name == relation.name } }
        return links
    }

    // MARK: -

    private static func member(_ name: ExactText, _ text: String) -> SlowJSON.Member {
        .init(name, .string(ExactText(text)))
    }

    private static func link(_ href: String) -> SlowJSON {
        .object([member("href", href)])
    }

    private static func elements(_ value: SlowJSON?) -> [SlowJSON] {
        if case .array(let elements)? = value { elements } else { [] }
    }

    private static func encoded(_ value: SlowJSON?) -> String? {
        let text: String
        switch value {
        case .string(let string): text = string.string
        case .number(let digits): text = digits
        default: return nil
        }
        if text.utf8.isEmpty { return nil }
        let unreserved = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
        return text.utf8.map { byte in
            if unreserved.contains(byte) { return String(Unicode.Scalar(byte)) }
            let digits = String(byte, radix: 16, uppercase: true)
            return "%" + (digits.utf8.count == 1 ? "0" : "") + digits
        }.joined()
    }
}
