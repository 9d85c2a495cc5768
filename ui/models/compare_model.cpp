#include "ui/models/compare_model.h"

namespace gatehouse::ui {

CompareModel::CompareModel(QObject* parent)
    : RowTree({tr("What"), tr("Change"), tr("Before"), tr("After"), tr("Place")}, PlaceColumn, parent)
{
}

void CompareModel::addChange(Row& parent, const Change& change)
{
    Row& row = add(parent, {change.what, words(change.mark), change.before, change.after});
    row.tip = change.note.isEmpty() ? change.what : change.what + QLatin1Char('\n') + change.note;
    row.icon = iconName(change.mark);
    row.tonedColumn = ChangeColumn;
    row.tone = change.mark;
    row.jump = {change.key, change.location};
    row.request = change.witness;
    for (const Change& part : change.parts) {
        addChange(row, part);
        Row& made = *row.children.back();
        // A field is its object's business, and part of the request's.
        if (!made.jump.key)
            made.jump = row.jump;
        if (!made.request)
            made.request = row.request;
    }
}

void CompareModel::addGroup(const QString& title, const QString& icon, const std::vector<Change>& changes)
{
    if (changes.empty())
        return;
    Row& group = add(root(), {QStringLiteral("%1 (%2)").arg(title).arg(changes.size())});
    group.icon = icon;
    for (std::size_t i = 0; i < changes.size() && i < mostListed; ++i)
        addChange(group, changes[i]);
    if (changes.size() > mostListed)
        add(group, {tr("and %1 more").arg(changes.size() - mostListed)});
}

void CompareModel::setComparison(const Comparison& comparison)
{
    beginResetModel();
    root().children.clear();
    addGroup(tr("Objects"), QStringLiteral("other"), comparison.objects);
    addGroup(tr("Attachments"), QStringLiteral("route"), comparison.attachments);
    addGroup(tr("Conditions"), QStringLiteral("info"), comparison.conditions);
    addGroup(tr("Behaviour"), QStringLiteral("rerouted"), comparison.behaviour);
    if (!comparison.undecided.isEmpty()) {
        Row& group = add(root(), {tr("Not decided (%1)").arg(comparison.undecided.size())});
        group.icon = QStringLiteral("unknown");
        group.tip = tr("Regular expressions that may or may not meet the same requests");
        for (const QString& pair : comparison.undecided)
            add(group, {pair});
    }
    endResetModel();
}

void CompareModel::clear()
{
    beginResetModel();
    root().children.clear();
    endResetModel();
}

} // namespace gatehouse::ui
