#pragma once

#include "model/base/result.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse::cli {

/// One option as completion scripts and man pages need it.
struct OptionInfo {
    std::vector<std::string> names; ///< "--output", "-o"
    std::string help;
    std::vector<std::string> choices; ///< values to offer; empty: anything
    std::size_t values = 0;           ///< how many words follow it
    std::string value; ///< how the help shows it: "FORMAT", or "[=HOST:PORT]" of one that may be left out; "" for none
};

/// One argument without a name.
struct ArgumentInfo {
    std::string name, help;
    bool required = false;
    bool many = false;
};

/// A command line's options over CLI11, which stays behind this wall. Targets must outlive parse().
class Parser {
public:
    Parser(const std::string& command, const std::string& summary);
    ~Parser();
    Parser(const Parser&) = delete;
    Parser& operator=(const Parser&) = delete;

    /// "-q,--quiet" is one switch with two names; "--watch,!--no-watch" switches on and off.
    void flag(const std::string& names, bool& target, const std::string& help);
    /// Counts how often it was given.
    void count(const std::string& names, int& target, const std::string& help);
    /// One value; with `choices` any other is an error that names the nearest.
    void option(const std::string& names, std::string& target, const std::string& value, const std::string& help,
                const std::vector<std::string>& choices = {});
    void option(const std::string& names, std::optional<int>& target, const std::string& value,
                const std::string& help);
    /// "--name" or "--name=VALUE"; "" for the first, nullopt when it is not there.
    void optionalValue(const std::string& name, std::optional<std::string>& target, const std::string& value,
                       const std::string& help);
    /// May be given several times, one value each.
    void list(const std::string& names, std::vector<std::string>& target, const std::string& value,
              const std::string& help);
    /// Two values behind one name.
    void pair(const std::string& names, std::vector<std::string>& target, const std::string& values,
              const std::string& help);
    /// Arguments without a name: the first ones, then as many as there are. Their help says what they are.
    void positional(const std::string& name, std::string& target, const std::string& help, bool required);
    void positionals(const std::string& name, std::vector<std::string>& target, const std::string& help);
    /// How `--` and what follows it stand in the usage line: "[-- COMMAND...]".
    void trailing(const std::string& usage);
    /// Text below the options.
    void footer(const std::string& text);

    /// True: go on; false: help was asked for. Behind `--` every word is an argument without a name. The error is a
    /// sentence for people, with the nearest option where an unknown one was given.
    model::Result<bool, std::string> parse(const std::vector<std::string>& arguments);

    [[nodiscard]] std::string help() const;
    [[nodiscard]] std::vector<OptionInfo> options() const;
    [[nodiscard]] std::vector<ArgumentInfo> arguments() const;
    [[nodiscard]] std::string summary() const;
    [[nodiscard]] const std::string& footerText() const;
    [[nodiscard]] const std::string& trailingUsage() const;
    /// Whether an option was given.
    [[nodiscard]] bool given(const std::string& name) const;

private:
    /// What is wrong with words that nothing took; "" when there are none.
    [[nodiscard]] std::string leftOver() const;

    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace gatehouse::cli
