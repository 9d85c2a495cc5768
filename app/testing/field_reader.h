#pragma once

#include "app/testing/text_match.h"
#include "model/base/diagnostic.h"
#include "model/base/value.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse::testing {

/// Stable codes of what can be wrong with a test file.
namespace code {
inline constexpr const char* unknownKey = "GH3101";
inline constexpr const char* wrongType = "GH3102";
inline constexpr const char* badValue = "GH3103";
inline constexpr const char* missing = "GH3104";
inline constexpr const char* noTests = "GH3105";
} // namespace code

/// Reads the trees of one test file. Every key of an object is one row, so that an unknown one can be answered with the
/// nearest. Errors: in the list. Lifetime: refers to the list. Thread: one at a time.
class FieldReader {
public:
    using Handler = std::function<void(const std::string& path, const model::Member& member)>;
    using Keys = std::vector<std::pair<std::string, Handler>>;

    FieldReader(std::shared_ptr<const std::string> file, std::vector<model::Diagnostic>& problems)
        : file_(std::move(file)), problems_(problems)
    {
    }

    void object(const std::string& path, const model::Value& value, const Keys& keys, const std::string& expected);
    /// Calls `each` for every element; a single value counts as a list of one where `single` allows it.
    void list(const std::string& path, const model::Value& value, bool single,
              const std::function<void(const std::string& path, const model::Value& value)>& each);
    /// A string; integers and booleans are read as they would be written. nullopt with an Error for all else.
    std::optional<std::string> text(const std::string& path, const model::Value& value,
                                    const std::string& expected = "a string");
    std::optional<bool> boolean(const std::string& path, const model::Value& value);
    /// A text that has to be equal, or an object of conditions.
    std::optional<TextMatch> match(const std::string& path, const model::Value& value);
    /// Rows for the conditions of `match()`, for objects that take them beside others.
    Keys conditions(TextMatch& match);

    /// Adds an Error.
    model::Diagnostic& report(const char* code, model::Position at, const std::string& path, std::string message,
                              std::string expected = {});
    void wrongKind(const std::string& path, const model::Value& value, const std::string& expected);
    [[nodiscard]] std::size_t errors() const noexcept { return errors_; }
    [[nodiscard]] const std::shared_ptr<const std::string>& file() const noexcept { return file_; }

private:
    std::shared_ptr<const std::string> file_;
    std::vector<model::Diagnostic>& problems_;
    std::size_t errors_ = 0;
};

} // namespace gatehouse::testing
