#pragma once

#include "model/base/result.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace re2 {
class RE2;
}

namespace gatehouse::testing {

/// What a test wants of one text: a header's value, a path, a body. All conditions have to hold. Thread: any; reads
/// only.
class TextMatch {
public:
    enum class Kind : std::uint8_t { Equals, Contains, StartsWith, EndsWith, Matches };

    /// The error says what is wrong with an expression of Matches, which is RE2's and may match anywhere in the text.
    model::Result<bool, std::string> add(Kind kind, std::string text);
    [[nodiscard]] bool empty() const noexcept { return conditions_.empty(); }
    [[nodiscard]] bool holds(std::string_view text) const;
    /// "'a'", "contains 'a' and matches /b/".
    [[nodiscard]] std::string words() const;

private:
    struct Condition {
        Kind kind;
        std::string text;
        std::shared_ptr<const re2::RE2> expression; ///< of Matches
    };
    std::vector<Condition> conditions_;
};

} // namespace gatehouse::testing
