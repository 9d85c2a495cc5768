#pragma once

#include "model/base/result.h"

#include <compare>
#include <string>
#include <string_view>

namespace gatehouse::model {

/// A Gateway API Hostname (semantics 2): lower-case RFC 1123 name, optionally `*.` as the whole first label; no IP
/// address, no trailing dot. A value that exists is valid and is held in lower case.
class Hostname {
public:
    /// The error says what is wrong with the text.
    static Result<Hostname, std::string> parse(std::string_view text);

    [[nodiscard]] const std::string& text() const noexcept { return text_; }
    [[nodiscard]] bool isWildcard() const noexcept { return text_.size() > 2 && text_[0] == '*'; }
    /// What stands right of `*`, dot included (".example.com"); the whole name when it is no wildcard.
    [[nodiscard]] std::string_view suffix() const noexcept
    {
        return isWildcard() ? std::string_view(text_).substr(1) : std::string_view(text_);
    }
    /// True when this hostname covers `host` (a lower-case name without port or wildcard). `*.s` covers any number of
    /// labels in front of s, at least one.
    [[nodiscard]] bool matches(std::string_view host) const noexcept;

    auto operator<=>(const Hostname&) const = default;

private:
    explicit Hostname(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

} // namespace gatehouse::model
