import ResourceFormats

extension Conversion {
    /// Converts the input with parts between each two of `cuts`, as a program does that has several threads: what stands
    /// between two cuts is converted by itself and joined where it fits, else read on.
    ///
    /// - Parameters:
    ///   - input: The whole input.
    ///   - cuts: Where parts begin and end, in ascending order.
    /// - Returns: What came of it, and how many parts were joined.
    public func run(_ input: [UInt8], parts cuts: [Int]) -> (outcome: Outcome, joinedCount: Int) {
        var converter = makeConverter()
        var output = OutputBuffer()
        var outcome = Outcome()
        var joinedCount = 0
        do {
            converter.lookAtEnd(input.span.extracting(last: Converter.tailLength))
            if converter.needsFirstPass {
                try feed(input, cuts, &converter, &output, &joinedCount, isFirstPass: true)
                converter.beginInput(from: source)
            }
            try feed(input, cuts, &converter, &output, &joinedCount, isFirstPass: false)
            try converter.finish(into: &output)
        } catch {
            outcome.take(error)
        }
        outcome.take(converter, output)
        return (outcome, joinedCount)
    }

    private func feed(
        _ input: [UInt8], _ cuts: [Int], _ converter: inout Converter, _ output: inout OutputBuffer,
        _ joinedCount: inout Int, isFirstPass: Bool
    ) throws(SerializationError) {
        // Where the bytes begin that the converter still needs.
        var start = 0
        for end in cuts + [input.count] {
            if let beginning = converter.firstRecordOffset, end < input.count, start < end,
                var part = converter.makePart(isFirstPass: isFirstPass)
            {
                let bytes = Array(input[..<beginning]) + input[start..<end]
                part.convert(bytes.span, from: beginning)
                if converter.join(part) {
                    output.append(part.output.span)
                    start = end
                    joinedCount += 1
                    continue
                }
            }
            let window = Array(input[start..<end])
            let isComplete = end == input.count
            var shown = 0
            reading: while true {
                var used = 0
                let span = window.span.extracting(shown...)
                let progress =
                    isFirstPass
                    ? try converter.prepare(span, isComplete: isComplete, used: &used)
                    : try converter.resume(span, isComplete: isComplete, used: &used, into: &output)
                shown += used
                switch progress {
                case .outputIsFull: continue
                case .needsMoreInput: break reading
                case .endOfInput: return
                }
            }
            start += shown
        }
    }
}
