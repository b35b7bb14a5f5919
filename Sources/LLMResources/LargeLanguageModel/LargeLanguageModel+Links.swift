import ResourceFormats

extension LargeLanguageModel {
    /// The links of the resource, with all paths and relations of the API that HAL uses.
    static let links: ResourceLinks = {
        let models = "/v2.0/largelanguagemodels"
        let projects = "/v2.0/projects"
        let users = "/v2.0/users"
        return ResourceLinks(
            item: [
                LinkTemplate("self", "\(models)/{_id}"),
                LinkTemplate("collection", "\(models){?projectId}"),
                LinkTemplate("llm:connection", "/v2.0/connections/{connectionId}"),
                LinkTemplate("llm:project", "\(projects)/{projectId}"),
                LinkTemplate("llm:assignedProject", "\(projects)/{assignedToProjects}"),
                LinkTemplate("llm:fallback", "\(models)?referenceId={fallbacks.fallbackLLMReferenceId}"),
                LinkTemplate("llm:test", "\(models)/{_id}/test"),
                LinkTemplate("llm:clone", "\(models)/{_id}/clone"),
                LinkTemplate("llm:createdBy", "\(users)/{createdBy}"),
                LinkTemplate("llm:lastChangedBy", "\(users)/{lastChangedBy}"),
            ],
            collection: models, nextParameter: "next", previousParameter: "previous",
            find: LinkTemplate("find", "\(models)/{largeLanguageModelId}"),
            curie: ResourceLinks.Curie("llm", "/rels/{rel}"))
    }()
}
