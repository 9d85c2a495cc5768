#include "ui/document/comparison.h"

#include <QCoreApplication>

#include <algorithm>

namespace gatehouse::ui {

QString words(ChangeMark mark)
{
    switch (mark) {
    case ChangeMark::None:
        return {};
    case ChangeMark::Added:
        return QCoreApplication::translate("change", "added");
    case ChangeMark::Removed:
        return QCoreApplication::translate("change", "removed");
    case ChangeMark::Changed:
        return QCoreApplication::translate("change", "changed");
    case ChangeMark::Rerouted:
        return QCoreApplication::translate("change", "re-routed");
    }
    return {};
}

QString iconName(ChangeMark mark)
{
    switch (mark) {
    case ChangeMark::None:
        return {};
    case ChangeMark::Added:
        return QStringLiteral("added");
    case ChangeMark::Removed:
        return QStringLiteral("removed");
    case ChangeMark::Changed:
        return QStringLiteral("changed");
    case ChangeMark::Rerouted:
        return QStringLiteral("rerouted");
    }
    return {};
}

bool Comparison::same() const
{
    return objects.empty() && attachments.empty() && conditions.empty() && behaviour.empty() && undecided.isEmpty();
}

int Comparison::count(ChangeMark mark) const
{
    const auto& changes = mark == ChangeMark::Rerouted ? behaviour : objects;
    return static_cast<int>(
        std::count_if(changes.begin(), changes.end(), [&](const Change& change) { return change.mark == mark; }));
}

QString Comparison::summary() const
{
    const auto tr = [](const char* text) { return QCoreApplication::translate("comparison", text); };
    if (same())
        return tr("no differences");
    QStringList parts;
    for (const ChangeMark mark : {ChangeMark::Added, ChangeMark::Removed, ChangeMark::Changed, ChangeMark::Rerouted}) {
        if (const int number = count(mark); number > 0)
            parts << QStringLiteral("%1 %2").arg(number).arg(words(mark));
    }
    if (parts.isEmpty()) // attachments or conditions alone, by something outside of the objects
        parts << tr("other differences");
    return parts.join(QStringLiteral(", "));
}

} // namespace gatehouse::ui
