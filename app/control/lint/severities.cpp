#include "app/control/lint/severities.h"

#include "app/control/codes/codes.h"
#include "app/control/nearest.h"

namespace gatehouse::control {
namespace {

constexpr LintLevel levels[] = {LintLevel::Error, LintLevel::Warning, LintLevel::Info, LintLevel::Off};

} // namespace

std::string_view toString(LintLevel level)
{
    switch (level) {
    case LintLevel::Error:
        return "error";
    case LintLevel::Warning:
        return "warning";
    case LintLevel::Info:
        return "info";
    case LintLevel::Off:
        return "off";
    }
    return "off";
}

std::string addLintLevel(LintLevels& wanted, const std::string& code, const std::string& level)
{
    const CodeInfo* info = findCode(code);
    if (!info)
        return unknownCode(code);
    if (isFixed(*info))
        return code + " is an error of the input itself: its severity cannot be changed";
    for (const LintLevel candidate : levels)
        if (toString(candidate) == level) {
            wanted[code] = candidate;
            return {};
        }
    const std::string near = nearest(level, {"error", "warning", "info", "off"});
    return '\'' + level + "' is no severity; expected error, warning, info or off" +
           (near.empty() ? "" : "; did you mean '" + near + "'?");
}

std::string addLintLevel(LintLevels& wanted, const std::string& text)
{
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos)
        return '\'' + text + "' has no '='; expected CODE=SEVERITY, as GH2103=off";
    return addLintLevel(wanted, text.substr(0, equals), text.substr(equals + 1));
}

} // namespace gatehouse::control
