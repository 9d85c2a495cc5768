#pragma once

#include "model/base/diagnostic.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::importers {

/// Stable codes of what can be wrong with a text before it is an object. GH11xx and later belong to decode/.
namespace code {
inline constexpr std::string_view cannotRead = "GH1001";
inline constexpr std::string_view tooLarge = "GH1002";
inline constexpr std::string_view encoding = "GH1003";
inline constexpr std::string_view yamlSyntax = "GH1004";
inline constexpr std::string_view jsonSyntax = "GH1005";
inline constexpr std::string_view duplicateKey = "GH1006";
inline constexpr std::string_view badKey = "GH1007";
inline constexpr std::string_view badAlias = "GH1008";
inline constexpr std::string_view badScalar = "GH1009";
inline constexpr std::string_view limit = "GH1010";
inline constexpr std::string_view ignoredTag = "GH1011";
inline constexpr std::string_view noObject = "GH1012";
inline constexpr std::string_view badList = "GH1013";
inline constexpr std::string_view nothingFound = "GH1014";
} // namespace code

/// Collects the problems of one file. Lifetime: refers to `problems`, which outlives it. Thread: one at a time.
class ProblemList {
public:
    ProblemList(std::shared_ptr<const std::string> file, std::vector<model::Diagnostic>& problems)
        : file_(std::move(file)), problems_(&problems)
    {
    }

    /// Adds an Error and returns it, so that a remedy or an expectation can be added.
    model::Diagnostic& error(std::string_view code, model::Position position, std::string message);
    model::Diagnostic& warning(std::string_view code, model::Position position, std::string message);

    /// Adds what another list of the same file collected.
    void take(std::vector<model::Diagnostic> problems);

    [[nodiscard]] const std::shared_ptr<const std::string>& file() const noexcept { return file_; }
    /// Errors added through this list.
    [[nodiscard]] std::size_t errors() const noexcept { return errors_; }

private:
    model::Diagnostic& add(model::Severity severity, std::string_view code, model::Position position,
                           std::string message);

    std::shared_ptr<const std::string> file_;
    std::vector<model::Diagnostic>* problems_;
    std::size_t errors_ = 0;
};

/// "line 3, column 5", for messages that name a second place of the same file.
std::string describe(model::Position position);

} // namespace gatehouse::importers
