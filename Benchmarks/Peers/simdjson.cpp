// Conversions with simdjson's document model, as a C++ program of moderate length does them:
//
//     simdjson json FILE     an array or any other value, compact
//     simdjson jsonl FILE    one value a line
//     simdjson csv FILE      an array of records: a column for each leaf, in the order in which they occur
//
// The whole input is in memory. Numbers are written from their values, so 1.0 may change its digits.

#include <simdjson.h>

#include <array>
#include <charconv>
#include <cstdio>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

using simdjson::dom::element;
using simdjson::dom::element_type;

namespace {

// A member or an element below a record, and everything below that.
struct Place {
    std::string name;
    int column = -1;
    size_t expected = 0;  // records mostly have the same members in the same order
    std::vector<std::unique_ptr<Place>> parts;

    Place &member(std::string_view wanted) {
        for (size_t step = 0, count = parts.size(); step < count; step++) {
            size_t index = expected + step < count ? expected + step : expected + step - count;
            if (parts[index]->name == wanted) {
                expected = index + 1 < count ? index + 1 : 0;
                return *parts[index];
            }
        }
        parts.push_back(std::make_unique<Place>());
        parts.back()->name = wanted;
        return *parts.back();
    }

    Place &element(size_t index) {
        while (parts.size() <= index) parts.push_back(std::make_unique<Place>());
        return *parts[index];
    }
};

class Table {
public:
    void findColumns(element value, Place &place, const std::string &path) {
        bool leaf = true;
        if (value.is_object()) {
            for (auto [name, member] : simdjson::dom::object(value)) {
                leaf = false;
                Place &part = place.member(name);
                bool known = part.column >= 0 && !member.is_object() && !member.is_array();
                if (!known) findColumns(member, part, path.empty() ? std::string(name) : path + "." + std::string(name));
            }
        } else if (value.is_array()) {
            size_t index = 0;
            for (element part : simdjson::dom::array(value)) {
                leaf = false;
                findColumns(part, place.element(index), path + "[" + std::to_string(index) + "]");
                index++;
            }
        }
        if (leaf && place.column < 0) {
            place.column = static_cast<int>(header.size());
            header.push_back(path);
        }
    }

    void writeHeader() {
        cells.assign(header.begin(), header.end());
        writeRow();
    }

    void write(element record) {
        cells.assign(header.size(), {});
        numbers.clear();
        fill(record, root);
        writeRow();
    }

    void flush() {
        fwrite(buffer.data(), 1, buffer.size(), stdout);
        buffer.clear();
    }

    Place root;

private:
    void fill(element value, Place &place) {
        switch (value.type()) {
        case element_type::OBJECT: {
            bool empty = true;
            for (auto [name, member] : simdjson::dom::object(value)) {
                empty = false;
                fill(member, place.member(name));
            }
            if (empty) cells[place.column] = "{}";
            break;
        }
        case element_type::ARRAY: {
            size_t count = 0;
            for (element part : simdjson::dom::array(value)) fill(part, place.element(count++));
            if (count == 0) cells[place.column] = "[]";
            break;
        }
        case element_type::STRING: cells[place.column] = std::string_view(value); break;
        case element_type::BOOL: cells[place.column] = bool(value) ? "true" : "false"; break;
        case element_type::NULL_VALUE: break;
        case element_type::INT64: number(int64_t(value), place); break;
        case element_type::UINT64: number(uint64_t(value), place); break;
        case element_type::DOUBLE: number(double(value), place); break;
        }
    }

    template <typename Number> void number(Number value, Place &place) {
        auto &digits = numbers.emplace_back();
        auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
        cells[place.column] = {digits.data(), static_cast<size_t>(end - digits.data())};
    }

    void writeRow() {
        for (size_t index = 0; index < cells.size(); index++) {
            if (index > 0) buffer += ',';
            if (cells[index].find_first_of("\",\r\n") == std::string_view::npos) {
                buffer += cells[index];
                continue;
            }
            buffer += '"';
            for (char byte : cells[index]) buffer.append(byte == '"' ? 2 : 1, byte);
            buffer += '"';
        }
        buffer += '\n';
        if (buffer.size() > 1 << 20) flush();
    }

    std::vector<std::string> header;
    std::vector<std::string_view> cells;
    std::deque<std::array<char, 32>> numbers;
    std::string buffer;
};

void convert(std::string_view target, const char *path) {
    simdjson::dom::parser parser;
    if (target == "jsonl") {
        auto bytes = simdjson::padded_string::load(path);
        simdjson::padded_string text = std::move(bytes.value());
        simdjson::dom::document_stream lines = parser.parse_many(text);
        for (auto line : lines) {
            std::string compact = simdjson::minify(element(line.value()));
            compact += '\n';
            fwrite(compact.data(), 1, compact.size(), stdout);
        }
        return;
    }
    element document = parser.load(path);
    if (target == "json") {
        std::string compact = simdjson::minify(document);
        fwrite(compact.data(), 1, compact.size(), stdout);
        return;
    }
    Table table;
    for (element record : simdjson::dom::array(document)) table.findColumns(record, table.root, "");
    table.writeHeader();
    for (element record : simdjson::dom::array(document)) table.write(record);
    table.flush();
}

}  // namespace

int main(int argc, char **argv) {
    if (argc != 3) return 64;
    try {
        convert(argv[1], argv[2]);
    } catch (const simdjson::simdjson_error &error) {
        fprintf(stderr, "simdjson: %s: %s\n", argv[2], error.what());
        return 65;
    }
    return fflush(stdout) == 0 ? 0 : 74;
}
