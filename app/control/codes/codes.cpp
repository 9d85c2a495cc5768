#include "app/control/codes/codes.h"

#include "app/control/codes/tables.h"
#include "app/control/lint/ignores.h"
#include "app/control/nearest.h"

#include <algorithm>
#include <iterator>

namespace gatehouse::control {

const std::vector<CodeInfo>& allCodes()
{
    static const std::vector<CodeInfo> all = [] {
        std::vector<CodeInfo> rows;
        for (auto* table : {textCodes, schemaCodes, gatewayRuleCodes, routeRuleCodes, policyRuleCodes, objectCodes,
                            ingressCodes, graphCodes, lintCodes, certificateCodes, reachCodes, settingCodes,
                            testFileCodes, clusterCodes, engineCodes}) {
            std::vector<CodeInfo> part = table();
            rows.insert(rows.end(), std::make_move_iterator(part.begin()), std::make_move_iterator(part.end()));
        }
        return rows;
    }();
    return all;
}

const CodeInfo* findCode(std::string_view code)
{
    const std::vector<CodeInfo>& all = allCodes();
    const auto it = std::lower_bound(all.begin(), all.end(), code,
                                     [](const CodeInfo& info, std::string_view wanted) { return info.code < wanted; });
    return it != all.end() && it->code == code ? &*it : nullptr;
}

bool isFixed(const CodeInfo& info)
{
    return info.severity == model::Severity::Error && (info.code.starts_with("GH1") || info.code.starts_with("GH3"));
}

std::string unknownCode(const std::string& code)
{
    std::vector<std::string> known;
    for (const CodeInfo& info : allCodes())
        known.push_back(info.code);
    const std::string near = nearest(code, known);
    return '\'' + code + "' is no code of a problem" + (near.empty() ? "" : "; did you mean '" + near + "'?");
}

std::string suppressionHelp(const CodeInfo& info)
{
    if (isFixed(info))
        return "It is an error of the input itself: nothing suppresses it, the text has to be mended.";
    return "For one object: the annotation " + std::string(ignoreAnnotation) + ": \"" + info.code +
           "\" on it (several codes with commas). For all: lint: {severity: {" + info.code +
           ": off}} in gatehouse.yaml, or --severity " + info.code +
           "=off; error, warning and info change its severity instead.";
}

} // namespace gatehouse::control
