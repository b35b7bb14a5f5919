# A list of records to a HAL document with the links that llmfmt derives. For jq, gojq and jaq.
def link: {href: ("/v2.0/" + .)};
def links:
  ("largelanguagemodels/" + ._id) as $own
  | {self: ($own | link),
     collection: ("largelanguagemodels" + (if .projectId then "?projectId=" + .projectId else "" end) | link)}
  + (if .connectionId then {"llm:connection": ("connections/" + .connectionId | link)} else {} end)
  + (if .projectId then {"llm:project": ("projects/" + .projectId | link)} else {} end)
  + (if (.assignedToProjects // []) != [] then {"llm:assignedProject": [.assignedToProjects[] | "projects/" + . | link]}
     else {} end)
  + (if (.fallbacks // []) != [] then
       {"llm:fallback": [.fallbacks[] | "largelanguagemodels?referenceId=" + .fallbackLLMReferenceId | link]}
     else {} end)
  + {"llm:test": ($own + "/test" | link), "llm:clone": ($own + "/clone" | link)}
  + {"llm:createdBy": ("users/" + .createdBy | link), "llm:lastChangedBy": ("users/" + .lastChangedBy | link)};
{_embedded: {largeLanguageModels: map({_links: links} + .)},
 _links: {self: {href: "/v2.0/largelanguagemodels"},
          find: {href: "/v2.0/largelanguagemodels/{largeLanguageModelId}", templated: true},
          curies: [{name: "llm", href: "/rels/{rel}", templated: true}]}}
