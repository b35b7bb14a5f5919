extension TagLosses {
    /// Counts the value of a cell without a tag if it is not read back from the column; `kind` is nil for an unknown one.
    ///
    /// These are the values that `CSVCellWriter` tags, and those that have a text of their own in every column.
    mutating func add(_ value: RecordView, inColumnOf kind: ValueKind?) {
        let node = value.node
        switch node.kind {
        case .null: nulls += 1
        case .object, .array:
            if node.isEmptyContainer { emptyContainers += 1 } else if kind != .array { arrays += 1 }
        case .bool: if kind != nil, kind != .boolean { otherKinds += 1 }
        case .number: if kind != nil, kind != .number { otherKinds += 1 }
        case .string, .key:
            guard kind == .string || kind == nil else {
                otherKinds += 1
                return
            }
            let text = value.text(of: node)
            if CSVText.tag(text) != nil || CSVText.fixed(text) != nil || kind == nil && CSVText.isTypedWhenUnknown(text)
            {
                texts += 1
            }
        }
    }

    /// Counts a record without cells, whose row is an empty text in the first column, if that is read back.
    mutating func add(emptyRecordIn kind: ValueKind?) {
        if kind == .string || kind == nil { emptyRecords += 1 }
    }
}
