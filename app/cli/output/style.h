#pragma once

#include <string>
#include <string_view>

namespace gatehouse::cli {

/// Colours of a terminal, or none at all.
struct Style {
    bool colour = false;

    [[nodiscard]] std::string red(std::string_view text) const { return wrap("31", text); }
    [[nodiscard]] std::string green(std::string_view text) const { return wrap("32", text); }
    [[nodiscard]] std::string yellow(std::string_view text) const { return wrap("33", text); }
    [[nodiscard]] std::string bold(std::string_view text) const { return wrap("1", text); }
    [[nodiscard]] std::string dim(std::string_view text) const { return wrap("2", text); }

private:
    [[nodiscard]] std::string wrap(const char* code, std::string_view text) const
    {
        if (!colour || text.empty())
            return std::string(text);
        return std::string("\033[") + code + 'm' + std::string(text) + "\033[0m";
    }
};

} // namespace gatehouse::cli
