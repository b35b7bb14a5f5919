public import ResourceHTTP

extension ProblemPolicy {
    /// The API's error responses, as those of *POST /v2.0/largelanguagemodels* are documented: most have the code 1000,
    /// and all have details and a trace identifier that begins with `api--`.
    public static let largeLanguageModels = ProblemPolicy(
        codes: [401: "401", 402: "402", 409: "1004", 501: "1009"], otherCode: "1000", traceIDPrefix: "api--",
        hasEmptyDetails: true)
}
