/// The help that `-h` shows, on one screen.
enum ShortHelp {
    /// The help of the tool, which is also that of `convert`.
    static let text = """
        llmfmt [convert] [FILE…] [--from FORMAT] [--to FORMAT] [-o FILE | --in-place]
        llmfmt validate | check | inspect | columns [FILE…]    llmfmt diff A B
        llmfmt schema xsd | json-schema | csv-header | fields
        llmfmt negotiate [ACCEPT]                      llmfmt formats

        Examples:
          llmfmt models.json --to csv            a column for every nested value
          llmfmt models.csv -o models.json       and back, nothing lost
          curl -s $URL | llmfmt --to csv         from a pipe
          llmfmt validate models.json            what is not as the API has it

        Formats: json, jsonl (ndjson), hal, xml, csv, tsv, media types; --accept RANGES.

          --pretty          indent JSON, HAL, XML    --item         one object, no list
          --base-url URL    before HAL's paths       --keep-links    _links as a member
          --columns a,b     only these CSV columns   --no-header      no header row
          --csv-arrays json arrays as JSON in a cell --delimiter C between CSV cells
          --spreadsheet     safe in a spreadsheet    --resource record  any objects
          --strict          refuse what is not valid --in-place     replace the files
          --on-error skip   go on after refused records (--rejects FILE keeps them)
          --records PATH    where JSON has them      --where FIELD=VALUE  these only

        All options: llmfmt --help, llmfmt VERB --help; the version: --version
        """

    /// The help of a verb; nil for `convert`, which has an option of its own, and for unknown verbs.
    static func text(of verb: String) -> String? {
        switch verb {
        case "validate": validate
        case "check": check
        case "inspect": inspect
        case "columns": columns
        case "diff": diff
        case "schema": schema
        case "negotiate": negotiate
        case "formats": formats
        default: nil
        }
    }

    private static let inputs = """
          --from FORMAT     the inputs' format; else their names tell it, or the content
          --resource record any objects, without the known fields and links
          --quiet           no notes                 --color auto|always|never
        """

    private static let validate = """
        llmfmt validate [FILE…] [--profile resource|create] [--format text|json]

        Says everything that is not as the API's schema has it, one line for each:
        FILE:LINE:COLUMN: what (path). Exits with 65 if there is an error, else with 0.

        Examples:
          llmfmt validate models.json
          llmfmt validate new.csv --profile create
          curl -s $URL | llmfmt validate --format json

          --profile         resource: as the API returns it; create: as it is sent
          --format json     JSON Lines instead of text
          --strict          warnings (names that are not documented) are errors
        \(inputs)
        """

    private static let check = """
        llmfmt check [FILE…] [--format text|json]

        Takes each record through every format and back, and names the first that
        comes back as another one. Exits with 65 if there is one.

        Examples:
          llmfmt check models.json
          curl -s $URL | llmfmt check

        \(inputs)
        """

    private static let inspect = """
        llmfmt inspect [FILE…] [--format text|json]

        Says what inputs hold: format, encoding, shape, records, sizes, and every
        field with how often it is there and of which kinds.

        Examples:
          llmfmt inspect models.csv
          curl -s $URL | llmfmt inspect

        \(inputs)
        """

    private static let diff = """
        llmfmt diff A B [--key FIELD | --by-position] [--format text|json]

        Shows the records that were added, removed or changed from A to B, whatever
        the formats are, by _id if they have it. Exits with 1 if they differ, else 0.

        Examples:
          llmfmt diff models.json models.jsonl
          llmfmt diff models.json models.jsonl --format json > patch.json

          --key FIELD       the field that tells which records belong together
          --by-position     the first with the first, and so on
          --format json     a JSON Patch (RFC 6902) for the list of A's records
        \(inputs)
        """

    private static let columns = """
        llmfmt columns [FILE…] [--merge]

        Prints the columns that CSV would have, one a line. With --merge the inputs
        are such lists, of parts that were looked at one by one.

        Examples:
          llmfmt columns models.json > columns.txt
          llmfmt models.json --to csv --columns-file columns.txt
          llmfmt columns --merge columns.txt

          --csv-arrays json arrays as JSON in a cell
        \(inputs)
        """

    private static let schema = """
        llmfmt schema xsd | json-schema | csv-header | fields

        Prints the resource's schema in the words of other tools, or as a table.

        Examples:
          llmfmt schema xsd > models.xsd
          llmfmt schema json-schema --profile create > new-model.schema.json
          llmfmt schema csv-header > models.csv
          llmfmt schema fields

          --profile         json-schema of records as returned, or as sent to create
          --strict          json-schema without names that are not documented
          --resource record xsd or json-schema of any objects
        """

    private static let negotiate = """
        llmfmt negotiate [ACCEPT] [--offers a,b,…] [--explain] [--format text|json]

        Prints which offer an Accept field gets (RFC 9110). If none is acceptable,
        prints nothing, says why on standard error and exits with 1. No argument means
        no such field, an empty one an empty field; both get the first offer.

        Examples:
          llmfmt negotiate 'text/csv;q=0.5, application/xml'
          llmfmt negotiate 'text/*' --offers text/html,text/plain
          llmfmt negotiate '*/*;q=0.1, text/csv' --explain

          --offers a,b      what the server has, best first; else this tool's formats
          --explain         every offer, its weight and the range that gave it
          --format json     one JSON object instead of text
        """

    private static let formats = """
        llmfmt formats [--format text|json]

        Lists the formats: name, media type, file endings.
        """
}
