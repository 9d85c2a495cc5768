#pragma once

#include "../graph/builders.h"

#include "model/lint/lint.h"

/// What tests of lint() share: findings as one line each.
namespace gatehouse::model::test {

/// "warning GH2101 HTTPRoute a/r spec.parentRefs", in order.
inline QStringList findings(const World& world)
{
    QStringList lines;
    for (const Diagnostic& problem : lint(world.resolve())) {
        QString line = QString::fromStdString(std::string(toString(problem.severity)) + ' ' + problem.code + ' ' +
                                              toString(*problem.object));
        if (!problem.fieldPath.empty())
            line += ' ' + QString::fromStdString(problem.fieldPath);
        lines += line;
        if (problem.message.empty() || problem.remedy.empty())
            lines.last() += " without message or remedy";
    }
    return lines;
}

/// Those of one code, so that a test says nothing of what it is not about.
inline QStringList findings(const World& world, const char* code)
{
    return findings(world).filter(QString(' ') + code + ' ');
}

/// The message of the first finding of a code; "" without one.
inline std::string messageOf(const World& world, std::string_view code)
{
    for (const Diagnostic& problem : lint(world.resolve()))
        if (problem.code == code)
            return problem.message;
    return {};
}

/// A Gateway infra/gw with the usual listener, and the Service apps/web.
inline World usual()
{
    World world;
    world.add(gateway("apps", "gw", {listener("http", "HTTP", 80)})).add(service("apps", "web"));
    return world;
}

inline HTTPRoute routeTo(std::vector<BackendRef> backends)
{
    return httpRoute("apps", "r", {parentTo("gw")}, {}, std::move(backends));
}

} // namespace gatehouse::model::test
