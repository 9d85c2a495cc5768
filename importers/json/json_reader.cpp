#include "importers/json/json_reader.h"

#include "importers/text_check.h"
#include "importers/tree_builder.h"
#include "importers/yaml/plain_scalar.h"

#include <rapidjson/reader.h>

#include <cmath>
#include <cstdint>
#include <string>

namespace gatehouse::importers {

namespace {

using model::Value;

/// RapidJSON's input stream over a text that need not end in NUL.
class TextStream {
public:
    using Ch = char;

    TextStream(std::string_view text, std::size_t start) : text_(text), at_(start) {}
    [[nodiscard]] Ch Peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    Ch Take() { return at_ < text_.size() ? text_[at_++] : '\0'; }
    [[nodiscard]] std::size_t Tell() const { return at_; }
    // The rest of the concept is for reading in place and for output; the parser instantiates but never calls it here.
    Ch* PutBegin() { return nullptr; }
    void Put(Ch) {}
    void Flush() {}
    std::size_t PutEnd(Ch*) { return 0; }

    void skipBlanks()
    {
        const std::size_t next = text_.find_first_not_of(" \t\r\n", at_);
        at_ = next == std::string_view::npos ? text_.size() : next;
    }
    [[nodiscard]] bool atEnd() const { return at_ == text_.size(); }

private:
    std::string_view text_;
    std::size_t at_;
};

/// Receives RapidJSON's events. An event comes once its token is read; the token starts behind the one before, past
/// blanks and separators.
class JsonTree {
public:
    JsonTree(const ImportLimits& limits, std::string_view text, const TextStream& stream, PositionTracker& tracker,
             ProblemList& problems)
        : text_(text), stream_(stream), tracker_(tracker), problems_(problems), builder_(limits, problems),
          lastEnd_(stream.Tell())
    {
    }

    bool Null() { return scalar({}); }
    bool Bool(bool value) { return scalar(value); }
    bool RawNumber(const char* text, rapidjson::SizeType length, bool)
    {
        Value number = resolvePlainScalar({text, length});
        if (!std::isfinite(number.asFloat().value_or(0)))
            problems_.error(code::jsonSyntax, tracker_.at(nextToken()), "this number is too large").remedy =
                "quote it if it is meant as text";
        return scalar(std::move(number));
    }
    // Never called: numbers come as text.
    bool Int(int) { return false; }
    bool Uint(unsigned) { return false; }
    bool Int64(std::int64_t) { return false; }
    bool Uint64(std::uint64_t) { return false; }
    bool Double(double) { return false; }
    bool String(const char* text, rapidjson::SizeType length, bool) { return scalar(std::string(text, length)); }
    bool Key(const char* text, rapidjson::SizeType length, bool) { return builder_.key({text, length}, tokenStart()); }
    bool StartObject() { return open(Value::object()); }
    bool StartArray() { return open(Value::array()); }
    bool EndObject(rapidjson::SizeType) { return close(); }
    bool EndArray(rapidjson::SizeType) { return close(); }

    [[nodiscard]] Value takeRoot() { return builder_.takeRoot(); }

    /// Where the token after the last event starts.
    [[nodiscard]] std::size_t nextToken() const { return text_.find_first_not_of(" \t\r\n,:", lastEnd_); }

private:
    model::Position tokenStart()
    {
        const std::size_t start = nextToken();
        lastEnd_ = stream_.Tell();
        return tracker_.at(start);
    }

    bool open(Value container)
    {
        const std::size_t bracket = nextToken();
        lastEnd_ = bracket + 1; // the event comes before the bracket is taken from the stream
        return builder_.open(std::move(container), tracker_.at(bracket));
    }

    bool scalar(Value value)
    {
        const model::Position position = tokenStart();
        if (!builder_.account({1, 0, value.isString() ? value.asString()->size() : 0}, position))
            return false;
        value.setPosition(position);
        builder_.place(std::move(value));
        return true;
    }

    bool close()
    {
        lastEnd_ = stream_.Tell();
        builder_.place(builder_.close());
        return true;
    }

    std::string_view text_;
    const TextStream& stream_;
    PositionTracker& tracker_;
    ProblemList& problems_;
    TreeBuilder builder_;
    std::size_t lastEnd_;
};

struct Wording {
    std::string_view message;
    std::string_view remedy;
};

Wording wordingOf(rapidjson::ParseErrorCode error)
{
    switch (error) {
    case rapidjson::kParseErrorObjectMissName:
        return {"a key in double quotes is missing here", "remove a comma before }, and quote the key"};
    case rapidjson::kParseErrorObjectMissColon:
        return {"a colon is missing after the key", "write \"key\": value"};
    case rapidjson::kParseErrorObjectMissCommaOrCurlyBracket:
        return {"a comma or } is missing here", "separate members with a comma and close the object with }"};
    case rapidjson::kParseErrorArrayMissCommaOrSquareBracket:
        return {"a comma or ] is missing here", "separate items with a comma and close the list with ]"};
    case rapidjson::kParseErrorValueInvalid:
        return {"a value is missing, or is none that JSON knows",
                "write an object, a list, a text in double quotes, a number, true, false or null"};
    case rapidjson::kParseErrorStringUnicodeEscapeInvalidHex:
    case rapidjson::kParseErrorStringUnicodeSurrogateInvalid:
    case rapidjson::kParseErrorStringEscapeInvalid:
        return {"an escape that JSON does not know", "write \\\\ for a backslash and \\uNNNN for a character"};
    case rapidjson::kParseErrorStringMissQuotationMark:
        return {"a text is not closed", "add the closing quote"};
    case rapidjson::kParseErrorStringInvalidEncoding:
        return {"a control character or a bad byte in a text", "write a line end as \\n and a tab as \\t"};
    case rapidjson::kParseErrorNumberTooBig: // it looks at the exponent even of numbers that it leaves as text
        return {"this number is too large", "quote it if it is meant as text"};
    case rapidjson::kParseErrorNumberMissFraction:
    case rapidjson::kParseErrorNumberMissExponent:
        return {"this number is incomplete", "add the digits"};
    default:
        return {"this is not valid JSON", ""};
    }
}

} // namespace

bool readJson(const TextDocument& document, const ImportLimits& limits, std::vector<model::Value>& values,
              ProblemList& problems)
{
    // Numbers are taken as text: RapidJSON 1.1 computes with undefined shifts for some of them, and YAML's need the
    // same.
    constexpr unsigned flags = rapidjson::kParseIterativeFlag | rapidjson::kParseStopWhenDoneFlag |
                               rapidjson::kParseNumbersAsStringsFlag | rapidjson::kParseValidateEncodingFlag;
    const std::size_t errorsBefore = problems.errors();
    PositionTracker tracker(document.text, document.line);
    TextStream stream(document.text, document.text.starts_with("---") ? 3 : 0);
    rapidjson::Reader reader;
    for (stream.skipBlanks(); !stream.atEnd(); stream.skipBlanks()) {
        const std::size_t errorsOfOthers = problems.errors();
        JsonTree tree(limits, document.text, stream, tracker, problems);
        const rapidjson::ParseResult result = reader.Parse<flags>(stream, tree);
        if (result.IsError()) {
            if (result.Code() != rapidjson::kParseErrorTermination) { // then a limit was exceeded, which is recorded
                const auto [message, remedy] = wordingOf(result.Code());
                const bool unclosed = result.Code() == rapidjson::kParseErrorStringMissQuotationMark;
                const std::size_t offset = unclosed ? tree.nextToken() : result.Offset();
                problems.error(code::jsonSyntax, tracker.at(offset), std::string(message)).remedy = remedy;
            }
            break;
        }
        if (problems.errors() == errorsOfOthers)
            values.push_back(tree.takeRoot());
    }
    return problems.errors() == errorsBefore;
}

} // namespace gatehouse::importers
