#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace gatehouse::control {

/// "1 route", "3 routes".
inline std::string counted(std::uint64_t n, const std::string& noun)
{
    return std::to_string(n) + ' ' + noun + (n == 1 ? "" : "s");
}

inline std::string join(const std::vector<std::string>& words, const std::string& separator)
{
    std::string text;
    for (const std::string& word : words) {
        if (!text.empty())
            text += separator;
        text += word;
    }
    return text;
}

} // namespace gatehouse::control
