import LLMResources
import RegistryStore
import ResourceFormats
import ResourceFormatsTesting
import Testing

@Suite struct PageTests {
    private func fill(_ store: ModelStore, _ count: Int, projects: [String] = ["p"]) async throws -> [StoredModel] {
        var models: [StoredModel] = []
        for index in 0..<count {
            let project = projects[index % projects.count]
            models.append(try await store.insert("{\"name\":\"\(index)\",\"projectId\":\"\(project)\"}"))
        }
        return models
    }

    private func next(_ page: ModelPage) -> PageCursor? { page.nextCursor.flatMap { PageCursor(parsing: $0) } }
    private func previous(_ page: ModelPage) -> PageCursor? { page.previousCursor.flatMap { PageCursor(parsing: $0) } }

    private func query(after page: ModelPage) throws -> PageQuery {
        let cursor = try #require(next(page))
        return try PageQuery(cursor: cursor)
    }

    private func query(before page: ModelPage) throws -> PageQuery {
        let cursor = try #require(previous(page))
        return try PageQuery(cursor: cursor)
    }

    @Test(arguments: [true, false])
    func saysWhatLiesAroundIt(inMemory: Bool) async throws {
        try await withStore(inMemory: inMemory) { store in
            let empty = try await store.page(PageQuery())
            #expect(empty.records.isEmpty)
            #expect(empty.total == 0 && empty.nextCursor == nil && empty.previousCursor == nil && empty.revision == 0)

            let models = try await fill(store, 5)
            let first = try await store.page(PageQuery(limit: 2))
            #expect(first.records.map(\.text) == models[..<2].map(\.text))
            #expect(first.records.map(\.revision) == [1, 2])
            #expect(first.total == 5 && first.previousCursor == nil && first.revision == 5)

            let second = try await store.page(query(after: first))
            #expect(second.records.map(\.id) == models[2..<4].map(\.id))
            let third = try await store.page(query(after: second))
            #expect(third.records.map(\.id) == [models[4].id])
            #expect(third.nextCursor == nil && third.total == 5)
            let back = try await store.page(query(before: third))
            #expect(back.records.map(\.id) == second.records.map(\.id))
            #expect(back.nextCursor == second.nextCursor)
            let start = try await store.page(query(before: back))
            #expect(start.records.map(\.id) == first.records.map(\.id))
            #expect(start.previousCursor == nil)
        }
    }

    @Test func keepsTheFilterInTheCursor() async throws {
        try await withStore(inMemory: true) { store in
            let models = try await fill(store, 9, projects: ["p", "q", "r"])
            let first = try await store.page(PageQuery(limit: 2, projectId: "q"))
            #expect(first.records.map(\.id) == [models[1].id, models[4].id])
            #expect(first.total == 3)
            let second = try await store.page(query(after: first))
            #expect(second.records.map(\.id) == [models[7].id])
            #expect(second.total == 3 && second.nextCursor == nil)
            let reference = try models[4].string("referenceId")
            #expect(try await store.page(PageQuery(projectId: "q", referenceId: reference)).records.count == 1)
            #expect(try await store.page(PageQuery(projectId: "p", referenceId: reference)).total == 0)
        }
    }

    /// The models at a cursor, and all that follow, may be gone.
    @Test func goesOnWhereDeletedModelsWere() async throws {
        try await withStore(inMemory: true) { store in
            let models = try await fill(store, 6)
            let first = try await store.page(PageQuery(limit: 2))
            for index in [0, 1, 2] { _ = try await store.delete(id: models[index].id) }
            let second = try await store.page(query(after: first))
            #expect(second.records.map(\.id) == [models[3].id, models[4].id])
            #expect(second.previousCursor == nil)

            let beyondQuery = try query(after: second)
            for index in [4, 5] { _ = try await store.delete(id: models[index].id) }
            let beyond = try await store.page(beyondQuery)
            #expect(beyond.records.isEmpty && beyond.nextCursor == nil && beyond.total == 1)
            let back = try await store.page(query(before: beyond))
            #expect(back.records.map(\.id) == [models[3].id])

            let added = try await store.insert(#"{"name":"new"}"#)
            #expect(try await store.page(beyondQuery).records.map(\.id) == [added.id])
            // The place before the first one that is left has nothing before it, and knows what follows.
            _ = try await store.delete(id: models[3].id)
            let empty = try await store.page(query(before: beyond))
            #expect(empty.records.isEmpty && empty.previousCursor == nil)
            #expect(try await store.page(query(after: empty)).records.map(\.id) == [added.id])
        }
    }

    /// Whatever is deleted and added on the way, what stays is visited once, in order, and nothing twice.
    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func visitsEveryModelOnce(seed: UInt64) async throws {
        try await withStore(inMemory: true) { store in
            var random = SeededGenerator(seed: seed)
            let project = random.oneIn(2) ? nil : "p"
            var alive = try await fill(store, 40, projects: ["p", "q"]).enumerated()
                .filter { project == nil || $0.offset % 2 == 0 }.map(\.element.id)
            for isForward in [true, false] {
                let before = alive
                var visited: [[String]] = []
                var query = try PageQuery(limit: Int.random(in: 1...9, using: &random), projectId: project)
                if !isForward {
                    // From a place behind the last model.
                    query = try await lastQuery(store, query)
                }
                while true {
                    let page = try await store.page(query)
                    visited.append(page.records.map(\.id))
                    #expect(page.records.count <= query.limit)
                    #expect(page.total == alive.count)
                    guard let cursor = isForward ? next(page) : previous(page) else { break }
                    for _ in 0..<Int.random(in: 0...2, using: &random) where !alive.isEmpty {
                        let gone = alive.remove(at: Int.random(in: alive.indices, using: &random))
                        _ = try await store.delete(id: gone)
                    }
                    if random.oneIn(3), let added = try await fill(store, 1).first { alive.append(added.id) }
                    query = try PageQuery(
                        limit: random.oneIn(2) ? nil : Int.random(in: 1...9, using: &random), cursor: cursor)
                }
                let all = isForward ? visited.flatMap { $0 } : visited.reversed().flatMap { $0 }
                #expect(Set(all).count == all.count)
                let expected = isForward ? alive : alive.filter { before.contains($0) }
                #expect(all.filter { alive.contains($0) } == expected)
            }
        }
    }

    /// The query for the page before a place behind the last model.
    private func lastQuery(_ store: ModelStore, _ query: PageQuery) async throws -> PageQuery {
        var page = try await store.page(query)
        while let cursor = next(page) { page = try await store.page(PageQuery(limit: 1000, cursor: cursor)) }
        let last = try #require(page.records.last)
        let beyond = try await store.insert("{\"name\":\"x\",\"projectId\":\"\(query.projectId ?? "p")\"}")
        // A page that holds nothing but the new model lies behind all others.
        var walk = try await store.page(PageQuery(limit: 1, projectId: query.projectId))
        while walk.records.first?.id != beyond.id, let cursor = next(walk) {
            walk = try await store.page(PageQuery(cursor: cursor))
        }
        _ = try await store.delete(id: beyond.id)
        let cursor = try #require(previous(walk))
        #expect(try await store.page(PageQuery(limit: 1, cursor: cursor)).records.map(\.id) == [last.id])
        return try PageQuery(limit: query.limit, cursor: cursor)
    }
}
