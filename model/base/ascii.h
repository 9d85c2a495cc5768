#pragma once

#include <string>
#include <string_view>

namespace gatehouse::model {

/// A copy with the letters A to Z in lower case and all else as it is, whatever the locale: what names in protocols and
/// manifests are compared by.
inline std::string lowered(std::string_view text)
{
    std::string result(text);
    for (char& c : result)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c + ('a' - 'A'));
    return result;
}

} // namespace gatehouse::model
