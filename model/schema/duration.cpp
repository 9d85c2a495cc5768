#include "model/schema/duration.h"

#include <cstdint>

namespace gatehouse::model {

std::optional<std::chrono::milliseconds> parseDuration(std::string_view text)
{
    constexpr int mostParts = 4;
    constexpr int mostDigits = 5;
    std::chrono::milliseconds sum{0};
    int parts = 0;
    while (!text.empty()) {
        std::int64_t number = 0;
        int digits = 0;
        while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
            if (++digits > mostDigits)
                return std::nullopt;
            number = number * 10 + (text.front() - '0');
            text.remove_prefix(1);
        }
        if (digits == 0 || ++parts > mostParts)
            return std::nullopt;
        // "ms" before "m": the longer unit would be read as minutes otherwise.
        if (text.starts_with("ms")) {
            sum += std::chrono::milliseconds(number);
            text.remove_prefix(2);
            continue;
        }
        if (text.starts_with('h'))
            sum += std::chrono::hours(number);
        else if (text.starts_with('m'))
            sum += std::chrono::minutes(number);
        else if (text.starts_with('s'))
            sum += std::chrono::seconds(number);
        else
            return std::nullopt;
        text.remove_prefix(1);
    }
    return parts == 0 ? std::nullopt : std::optional(sum);
}

std::string formatDuration(std::chrono::milliseconds value)
{
    if (value.count() == 0)
        return "0s";
    std::string text;
    std::int64_t rest = value.count();
    const auto part = [&](std::int64_t unit, const char* name) {
        if (rest >= unit)
            text += std::to_string(rest / unit) + name;
        rest %= unit;
    };
    part(3'600'000, "h");
    part(60'000, "m");
    part(1'000, "s");
    part(1, "ms");
    return text;
}

} // namespace gatehouse::model
