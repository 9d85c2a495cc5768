#pragma once

#include "api_client.h"

#include <utility>
#include <vector>

/// One request and what its answer must be.
struct Step {
    std::string method, target;
    ApiClient::Sent sent;
    int status = 200;
    std::vector<std::pair<std::string, QString>> expected; ///< places in the answer's body, see ApiClient::at
    QString warning;                                       ///< one of the Warning texts; "": there is none
};
using Script = std::vector<Step>;
Q_DECLARE_METATYPE(Script)

/// Sends the requests one after the other and compares what comes back. Use QVERIFY2(runs(..)).
inline bool runs(ApiClient& client, const Script& script)
{
    for (const Step& step : script) {
        const auto answer = client.ask(step.method, step.target, step.sent);
        const std::string where = step.method + ' ' + step.target + '\n' + client.last.body;
        if (client.last.status != step.status) {
            qWarning("status %d instead of %d for %s", client.last.status, step.status, where.c_str());
            return false;
        }
        for (const auto& [path, value] : step.expected)
            if (const QString found = ApiClient::at(answer, path); found != value) {
                qWarning("%s is\n  %s\ninstead of\n  %s\nfor %s", path.c_str(), qPrintable(found), qPrintable(value),
                         where.c_str());
                return false;
            }
        QStringList warnings;
        for (const std::string& warning : client.last.warnings)
            warnings += QString::fromStdString(warning);
        if (step.warning.isEmpty() ? !warnings.isEmpty() : !warnings.contains(step.warning)) {
            qWarning("warnings are [%s] for %s", qPrintable(warnings.join(" | ")), where.c_str());
            return false;
        }
    }
    return true;
}
