#include "importers/yaml/plain_scalar.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>
#include <string>

namespace gatehouse::importers {

namespace {

using model::Value;

struct Word {
    std::string_view text;
    int meaning; ///< 0 null, 1 false, 2 true
};

constexpr std::array words{
    Word{"", 0},      Word{"~", 0},    Word{"null", 0}, Word{"Null", 0}, Word{"NULL", 0},  Word{"true", 2},
    Word{"True", 2},  Word{"TRUE", 2}, Word{"yes", 2},  Word{"Yes", 2},  Word{"YES", 2},   Word{"y", 2},
    Word{"Y", 2},     Word{"on", 2},   Word{"On", 2},   Word{"ON", 2},   Word{"false", 1}, Word{"False", 1},
    Word{"FALSE", 1}, Word{"no", 1},   Word{"No", 1},   Word{"NO", 1},   Word{"n", 1},     Word{"N", 1},
    Word{"off", 1},   Word{"Off", 1},  Word{"OFF", 1},
};

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// [-+]? (.5 | 5 | 5. | 5.5) ([eE] [-+]? 5)?
bool looksLikeFloat(std::string_view text)
{
    std::size_t at = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
    const auto digits = [&] {
        const std::size_t from = at;
        while (at < text.size() && isDigit(text[at]))
            ++at;
        return at - from;
    };
    const std::size_t whole = digits();
    std::size_t fraction = 0;
    if (at < text.size() && text[at] == '.') {
        ++at;
        fraction = digits();
    }
    if (whole + fraction == 0)
        return false;
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '-' || text[at] == '+'))
            ++at;
        if (digits() == 0)
            return false;
    }
    return at == text.size();
}

double parseDouble(std::string_view text)
{
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+'))
        text.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc::result_out_of_range) {
        // Too large or too small, which from_chars does not tell apart: a value below one is nothing, else infinite.
        const std::size_t exponent = text.find_first_of("eE");
        const bool tiny = exponent != std::string_view::npos
                              ? text.substr(exponent + 1).starts_with('-')
                              : text.find_first_of("123456789.") != std::string_view::npos &&
                                    text[text.find_first_of("123456789.")] == '.';
        value = tiny ? 0 : std::numeric_limits<double>::infinity();
    }
    return negative ? -value : value;
}

/// An integer with an optional sign and base prefix; nullopt when it is none.
std::optional<Value> parseInteger(std::string_view text)
{
    std::string_view digits = text;
    const bool negative = digits.starts_with('-');
    if (negative || digits.starts_with('+'))
        digits.remove_prefix(1);
    int base = 10;
    if (digits.size() > 1 && digits[0] == '0') {
        const char prefix = static_cast<char>(digits[1] | 0x20);
        base = prefix == 'x' ? 16 : prefix == 'b' ? 2 : 8;
        digits.remove_prefix(prefix == 'x' || prefix == 'b' || prefix == 'o' ? 2 : 1);
    }
    if (digits.empty() || digits[0] == '-' || digits[0] == '+')
        return std::nullopt;
    std::uint64_t magnitude = 0;
    const char* const last = digits.data() + digits.size();
    const auto [end, error] = std::from_chars(digits.data(), last, magnitude, base);
    if (end != last || error == std::errc::invalid_argument)
        return std::nullopt;
    constexpr std::uint64_t most = std::numeric_limits<std::int64_t>::max();
    if (error == std::errc() && magnitude <= most)
        return Value(negative ? -static_cast<std::int64_t>(magnitude) : static_cast<std::int64_t>(magnitude));
    if (error == std::errc() && negative && magnitude == most + 1)
        return Value(std::numeric_limits<std::int64_t>::min());
    double value = 0;
    if (base == 10) {
        value = parseDouble(digits);
    } else {
        for (const char c : digits)
            value = value * base + (isDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    return Value(negative ? -value : value);
}

Value resolveNumber(std::string_view text)
{
    std::string joined;
    std::string_view plain = text;
    if (text.find('_') != std::string_view::npos) {
        joined = text;
        std::erase(joined, '_');
        plain = joined;
    }
    if (const auto integer = parseInteger(plain))
        return *integer;
    if (looksLikeFloat(plain))
        return Value(parseDouble(plain));
    return Value(text);
}

} // namespace

Value resolvePlainScalar(std::string_view text)
{
    constexpr std::string_view firstOfWord = "~nNtTfFyYoO";
    if (text.empty())
        return {};
    const char first = text[0];
    if (firstOfWord.find(first) != std::string_view::npos) {
        const auto word = std::find_if(words.begin(), words.end(), [&](const Word& w) { return w.text == text; });
        if (word == words.end())
            return Value(text);
        return word->meaning == 0 ? Value() : Value(word->meaning == 2);
    }
    if (isDigit(first))
        return resolveNumber(text);
    if (first != '.' && first != '-' && first != '+')
        return Value(text);
    const bool negative = first == '-';
    const std::string_view unsignedText = first == '.' ? text : text.substr(1);
    if (unsignedText == ".inf" || unsignedText == ".Inf" || unsignedText == ".INF")
        return Value(negative ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity());
    if (text == ".nan" || text == ".NaN" || text == ".NAN")
        return Value(std::numeric_limits<double>::quiet_NaN());
    if (first == '.')
        return looksLikeFloat(text) ? Value(parseDouble(text)) : Value(text);
    return resolveNumber(text);
}

} // namespace gatehouse::importers
