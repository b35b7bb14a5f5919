import LLMResources
import ResourceFormats
import ResourceFormatsTesting
import Testing

/// A resource that only a JSON Schema describes, and documents that do not describe one.
@Suite struct OwnJSONSchemaTests {
    static let invoice = """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "title": "invoice",
          "x-resource": {
            "name": "invoice",
            "plural": "invoices",
            "links": {
              "item": {
                "self": "/invoices/{number}"
              },
              "collection": "/invoices",
              "nextParameter": "after",
              "previousParameter": "before"
            }
          },
          "description": "One invoice.",
          "type": "object",
          "required": [
            "number"
          ],
          "properties": {
            "number": {
              "type": "string",
              "description": "The number.",
              "minLength": 8,
              "pattern": "^INV-[0-9]{4,}[A-Z]?$"
            },
            "amount": {
              "type": "number",
              "minimum": 0
            },
            "count": {
              "type": "integer",
              "maximum": 9
            },
            "whole": {
              "type": "integer"
            },
            "date": {
              "type": "string",
              "format": "date"
            },
            "lines": {
              "type": "array",
              "description": "The lines.",
              "items": {
                "type": "object",
                "required": [
                  "sku"
                ],
                "properties": {
                  "sku": {
                    "type": "string",
                    "enum": [
                      "a",
                      "b"
                    ]
                  },
                  "tags": {
                    "type": "array",
                    "items": {
                      "type": "string",
                      "enum": [
                        "x",
                        "y"
                      ]
                    }
                  }
                }
              }
            },
            "matrix": {
              "type": "array",
              "items": {
                "type": "array"
              }
            },
            "extra": {
              "type": "object",
              "properties": {}
            },
            "isPaid": {
              "type": "boolean",
              "readOnly": true
            }
          }
        }

        """

    private static func schema() throws -> Schema { try Schema(jsonSchema: Array(invoice.utf8)) }

    @Test func isPrintedAsItWasRead() throws {
        #expect(try Self.schema().jsonSchema() == Self.invoice)
    }

    @Test func passesTheSuiteOfFormats() throws {
        for format in Format.builtIn {
            let suite = FormatConformance(
                of: format, schema: try Self.schema(), recordCount: 40, documentCount: 5, seed: 3)
            #expect(suite.failures() == [])
        }
    }

    @Test func validRecordsAreValidEverywhere() throws {
        let schema = try Self.schema()
        let validator = RecordValidator(schema: schema)
        var generator = RecordGenerator(schema: schema, mood: .valid(.resource), seed: 5)
        for _ in 0..<100 {
            let record = try StoredRecord(json: Array(generator.nextRecord().text.utf8), schema: schema)
            #expect(record.withRecord { validator.violations(in: $0).map(\.sentence) } == [])
        }
    }

    static let violations = [
        (#"{}"#, #"no value, expected the required member "number""#),
        (#"{"number":"INV-1"}"#, #"the string "INV-1", expected a text of the form ^INV-[0-9]{4,}[A-Z]?$"#),
        (#"{"number":"INV-1234","amount":-0.5}"#, "the number -0.5, expected a number from 0 on"),
        (#"{"number":"INV-1234","count":1e30}"#, "the number 1e30, expected an integer up to 9"),
        (#"{"number":"INV-1234","whole":1.5}"#, "the number 1.5, expected an integer"),
        (#"{"number":"INV-1234","lines":[{}]}"#, #"no value, expected the required member "sku""#),
        (#"{"number":"INV-1234","lines":[{"sku":"a","tags":["z"]}]}"#, #"the string "z", expected "x" or "y""#),
    ]

    @Test(arguments: violations)
    func findsViolations(json: String, sentence: String) throws {
        let schema = try Self.schema()
        let record = try StoredRecord(json: Array(json.utf8), schema: schema)
        let found = record.withRecord { RecordValidator(schema: schema).violations(in: $0).map(\.sentence) }
        #expect(found == ["found " + sentence])
    }

    @Test(arguments: [
        #"{"number":"INV-1234","amount":1e99,"count":-99999999999999999999,"whole":1e40,"matrix":[[1,"a"],[]]}"#,
        #"{"number":"INV-1234","amount":9223372036854775807.5,"whole":-9223372036854775808}"#,
    ])
    func numbersWithoutABoundMayBeOfAnySize(json: String) throws {
        let schema = try Self.schema()
        let record = try StoredRecord(json: Array(json.utf8), schema: schema)
        #expect(record.withRecord { RecordValidator(schema: schema).violations(in: $0).map(\.sentence) } == [])
    }

    // MARK: Documents that do not describe a resource

    /// Properties, or a whole document that begins with a brace; what was found, and where.
    static let refused: [(String, String, String)] = [
        (#""a":{"type":"string","oneOf":[]}"#, #"the keyword "oneOf""#, "$.properties.a.oneOf"),
        (#""a":{"$ref":"x"}"#, #"the reference "x""#, "$.properties.a.$ref"),
        (##""a":{"$ref":"#/$defs/x"}"##, ##"the reference "#/$defs/x""##, "$.properties.a.$ref"),
        (##""a":{"$ref":"#/properties/%2"}"##, ##"the reference "#/properties/%2""##, "$.properties.a.$ref"),
        (##""a":{"$ref":"#/properties/a"}"##, "a reference to no schema, or in a circle", "$.properties.a.$ref"),
        (##""a":{"$ref":"#/type"}"##, "a reference to no schema, or in a circle", "$.properties.a.$ref"),
        (##""a":{"$ref":"#","minLength":1}"##, #"the keyword "minLength""#, "$.properties.a.minLength"),
        (
            #""a":{"type":"object","additionalProperties":{"type":"object"}}"#,
            "the kind object for the values of free names", "$.properties.a.additionalProperties"
        ),
        (
            #""a":{"type":"object","properties":{"b":{"type":"string"}},"additionalProperties":{"type":"string"}}"#,
            #"a schema for other members beside "properties""#, "$.properties.a.additionalProperties"
        ),
        (
            #"{"type":"object","additionalProperties":{"type":"string"}}"#, "a schema for the record's other members",
            "$.additionalProperties"
        ),
        (
            #"{"type":"object","x-resource":{"name":"a","plural":"b","scopes":[{"name":"x","member":"m","value":"v"}]}}"#,
            #"the member "m" of a scope"#, "$.x-resource"
        ),
        (
            #"{"type":"object","x-resource":{"name":"a","plural":"b","scopes":[{"name":"x","member":"m"}]}}"#,
            #"a scope with "member" and without "value""#, "$.x-resource.scopes[0]"
        ),
        (
            ##"{"type":"object","x-resource":{"name":"a","plural":"b","requiredIn":{"create":["#/type"]}}}"##,
            ##"the reference "#/type" in "x-resource""##, "$"
        ),
        (#""a":true"#, "true", "$.properties.a"),
        (#""a":{"type":"null"}"#, #"the type the string "null""#, "$.properties.a.type"),
        (#""a":{"type":["string","null"]}"#, "the type an array", "$.properties.a.type"),
        (#""a":{"type":"string","minLength":-1}"#, "the number -1", "$.properties.a.minLength"),
        (#""a":{"type":"string","minLength":2,"maxLength":1}"#, "a minimum above the maximum", "$.properties.a"),
        (
            #""a":{"type":"string","pattern":"a"}"#, #"no "^" at its beginning at byte 1 of the pattern "a""#,
            "$.properties.a.pattern"
        ),
        (#""a":{"type":"string","enum":[]}"#, "an empty list of values", "$.properties.a.enum"),
        (#""a":{"type":"string","enum":["x",1]}"#, "the number 1", "$.properties.a.enum[1]"),
        (#""a":{"type":"number","minimum":"0.5"}"#, #"the string "0.5""#, "$.properties.a.minimum"),
        (#""a":{"type":"number","minimum":0.5,"maximum":0.4}"#, "a minimum above the maximum", "$.properties.a"),
        (#""a":{"type":"number","minimum":2,"maximum":1}"#, "a minimum above the maximum", "$.properties.a"),
        (
            #""a":{"type":"number","exclusiveMinimum":2}"#, #"the keyword "exclusiveMinimum""#,
            "$.properties.a.exclusiveMinimum"
        ),
        (#""a":{"type":"array"}"#, #"an array without "items""#, "$.properties.a"),
        (
            #""a":{"type":"array","items":{"type":"array","items":{"type":"string"}}}"#, #""items" inside "items""#,
            "$.properties.a.items.items"
        ),
        (
            #""a":{"type":["string","array"],"items":{"type":"number"}}"#,
            #"the types "string" and "array" without strings for elements"#, "$.properties.a"
        ),
        (
            #""a":{"type":"object","additionalProperties":false}"#,
            #""additionalProperties" other than true or a schema"#,
            "$.properties.a.additionalProperties"
        ),
        (#""a":{"type":"object","required":["b"]}"#, #"the string "b""#, "$.properties.a.required[0]"),
        (#"{"type":"array"}"#, "a record of another type", "$"),
        (
            #"{"type":"object","$schema":"http://json-schema.org/draft-07/schema"}"#,
            #"the string "http://json-schema.org/draft-07/schema""#, "$.$schema"
        ),
        (#"{"type":"object","x-resource":{"name":"a"}}"#, #""x-resource" without "name" and "plural""#, "$.x-resource"),
        (#"{"type":"object","x-resource":{"name":"a b","plural":"c"}}"#, #"the record name "a b""#, "$.x-resource"),
        (
            #"{"type":"object","x-resource":{"name":"a","plural":"b","links":{"collection":"/","item":{"self":"/{x}"}}}}"#,
            #""x" in the template "/{x}""#, "$.x-resource"
        ),
        (#"{"type":"object","allOf":[{"if":{}}]}"#, #"a condition without "if" and "then""#, "$.allOf[0]"),
        (
            #"{"type":"object","allOf":[{"if":{"properties":{"a":{"const":"x"}}},"then":{}}]}"#, #"the name "a""#,
            "$.allOf[0].if.properties"
        ),
        (
            #"{"type":"object","x-resource":{"name":"a","plural":"b","scopes":[{"name":"x"}]}}"#,
            #"1 "scopes" in "x-resource" and 0 conditions in "allOf""#, "$"
        ),
        ("{}{}", #"no "type""#, "$"), ("{", "the end of the input", "$"),
        ("{\"type\":1}", "the type the number 1", "$.type"),
    ]

    @Test(arguments: refused)
    func isRefusedByNameAndPlace(text: String, found: String, path: String) {
        let whole = text.hasPrefix("{") ? text : #"{"type":"object","properties":{\#(text)}}"#
        do {
            _ = try Schema(jsonSchema: Array(whole.utf8))
            Issue.record("no error")
        } catch {
            #expect(error.found == found)
            #expect(error.path == path)
            #expect(error.position != nil)
        }
    }

    @Test func errorsHaveLineAndColumn() {
        let text = "{\"type\":\"object\",\n \"properties\":{\"a\":{\"type\":\"string\",\n  \"minLenght\":1}}}"
        do {
            _ = try Schema(jsonSchema: Array(text.utf8))
            Issue.record("no error")
        } catch {
            #expect(error.position?.line == 3)
            #expect(error.position?.column == 15)
        }
    }

    @Test func noBytesTrap() {
        let text = Array((Self.invoice + LargeLanguageModel.schema.jsonSchema(profile: .create)).utf8)
        let whole = Array(Self.invoice.utf8)
        for count in 0..<whole.count - 1 {
            #expect(throws: SerializationError.self) { try Schema(jsonSchema: Array(whole[..<count])) }
        }
        var random = SeededGenerator(seed: 9)
        for _ in 0..<2_000 {
            var bytes = Array(text[(Bool.random(using: &random) ? 0 : whole.count)...])
            if bytes.count > whole.count { bytes.removeLast(bytes.count - whole.count) }
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let index = Int.random(in: 0..<bytes.count, using: &random)
                bytes[index] = Array(#"{}[],:"0a^$\"#.utf8).randomElement(using: &random) ?? 0
            }
            _ = try? Schema(jsonSchema: bytes)
        }
    }
}
