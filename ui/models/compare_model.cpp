#include "ui/models/compare_model.h"

namespace gatehouse::ui {
namespace {

using Row = TreeRow<RowContent>;

void addChange(RowList& list, const Change& change, const RowContent* above = nullptr)
{
    // What is told of a request depends on where it comes in.
    Row& row = list.add(change.note + QLatin1Char('\n') + change.what,
                        {change.what, words(change.mark), change.before, change.after});
    row.value.tip = change.note.isEmpty() ? change.what : change.what + QLatin1Char('\n') + change.note;
    row.value.icon = iconName(change.mark);
    row.value.tonedColumn = CompareModel::ChangeColumn;
    row.value.tone = change.mark;
    row.value.jump = {change.key, change.location};
    row.value.request = change.witness;
    // A field is its object's business, and part of the request's.
    if (above && !row.value.jump.key)
        row.value.jump = above->jump;
    if (above && !row.value.request)
        row.value.request = above->request;
    RowList parts(row.below);
    for (const Change& part : change.parts)
        addChange(parts, part, &row.value);
}

void addGroup(RowList& list, const QString& title, const QString& icon, const std::vector<Change>& changes)
{
    if (changes.empty())
        return;
    Row& group = list.add(icon, {QStringLiteral("%1 (%2)").arg(title).arg(changes.size())});
    group.value.icon = icon;
    RowList below(group.below);
    for (std::size_t i = 0; i < changes.size() && i < CompareModel::mostListed; ++i)
        addChange(below, changes[i]);
    if (changes.size() > CompareModel::mostListed)
        below.add(QString(), {CompareModel::tr("and %1 more").arg(changes.size() - CompareModel::mostListed)});
}

} // namespace

CompareModel::CompareModel(QObject* parent)
    : RowTree({tr("What"), tr("Change"), tr("Before"), tr("After"), tr("Place")}, PlaceColumn, parent)
{
}

void CompareModel::setComparison(const Comparison& comparison)
{
    std::vector<Row> rows;
    RowList list(rows);
    addGroup(list, tr("Objects"), QStringLiteral("other"), comparison.objects);
    addGroup(list, tr("Attachments"), QStringLiteral("route"), comparison.attachments);
    addGroup(list, tr("Conditions"), QStringLiteral("info"), comparison.conditions);
    addGroup(list, tr("Behaviour"), QStringLiteral("rerouted"), comparison.behaviour);
    if (!comparison.undecided.isEmpty()) {
        Row& group = list.add(QStringLiteral("undecided"), {tr("Not decided (%1)").arg(comparison.undecided.size())});
        group.value.icon = QStringLiteral("unknown");
        group.value.tip = tr("Regular expressions that may or may not meet the same requests");
        RowList below(group.below);
        for (const QString& pair : comparison.undecided)
            below.add(pair, {pair});
    }
    sync(rows);
}

} // namespace gatehouse::ui
