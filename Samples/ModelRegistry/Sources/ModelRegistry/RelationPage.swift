/// The documentation of one of the resource's own link relations, `llm:…` in HAL.
struct RelationPage: Sendable {
    /// The name after the colon.
    let name: String
    private let method: String
    private let text: String

    /// One for each relation that records have.
    static let all = [
        RelationPage(
            name: "connection", method: "GET",
            text:
                "The connection that the model is called through: where it is and the key for it. This registry keeps none."
        ),
        RelationPage(name: "project", method: "GET", text: "The project that the model belongs to."),
        RelationPage(
            name: "assignedProject", method: "GET",
            text: "A project that may use the model, which itself belongs to no project."),
        RelationPage(
            name: "fallback", method: "GET",
            text: "The models that take over when this one stops working, found by their reference identifier."),
        RelationPage(
            name: "test", method: "POST",
            text: "Calls the model once to see whether it answers. This registry has no provider and says 501."),
        RelationPage(
            name: "clone", method: "POST",
            text:
                "Makes a copy of the model with identifiers and times of its own. A body, if there is one, is a patch for the copy."
        ),
        RelationPage(name: "createdBy", method: "GET", text: "The user who created the model."),
        RelationPage(name: "lastChangedBy", method: "GET", text: "The user who last changed the model."),
    ]

    /// The page.
    var html: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>llm:\(name)</title>
        <style>
        :root { color-scheme: light dark }
        body { font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem }
        </style>
        <main>
        <h1><code>llm:\(name)</code></h1>
        <p>\(text)</p>
        <p>Method: <code>\(method)</code></p>
        <p><a href="/">The registry</a></p>
        </main>
        </html>

        """
    }
}
