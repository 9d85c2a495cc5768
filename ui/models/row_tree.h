#pragma once

#include "model/base/object_key.h"
#include "model/base/source_location.h"
#include "ui/document/probe.h"
#include "ui/document/test_report.h"
#include "ui/models/synced_tree.h"
#include "ui/theme.h"

#include <QHash>

#include <optional>
#include <variant>
#include <vector>

namespace gatehouse::ui {

/// What a row of a RowTree shows, and where it leads to.
struct RowContent {
    struct Jump {
        std::optional<model::ObjectKey> key;
        model::SourceLocation location;
    };
    using Tone = std::variant<std::monostate, ChangeMark, model::Health>;

    std::vector<QString> texts; ///< by column; what is missing is empty
    QString icon, tip;          ///< of the first column
    Tone tone;                  ///< colours the icon and the text of `tonedColumn`
    int tonedColumn = 0;
    Jump jump;
    std::optional<ProbeRequest> request;
    std::optional<TestVerdict> verdict; ///< of a test

    /// Places are the same when they say the same: every reading names its files anew.
    bool operator==(const RowContent& other) const;
};

/// The rows below one parent: gives each an id, also where two would have the same. Lifetime: of `rows`.
class RowList {
public:
    explicit RowList(std::vector<TreeRow<RowContent>>& rows) : rows_(rows) {}
    TreeRow<RowContent>& add(const QString& id, std::vector<QString> texts); ///< valid until the next

private:
    std::vector<TreeRow<RowContent>>& rows_;
    QHash<QString, int> seen_;
};

/// A tree of rows for people: texts by column, an icon, and where each row leads to. What rows there are is the
/// business of who derives from it. Thread: UI.
class RowTree : public SyncedTree<RowContent> {
    Q_OBJECT
public:
    using Jump = RowContent::Jump;

    void setTheme(const Theme& theme);
    [[nodiscard]] Jump jumpAt(const QModelIndex& index) const { return value(index).jump; }
    /// The request that a row is about; nothing: it is about none.
    [[nodiscard]] std::optional<ProbeRequest> requestAt(const QModelIndex& index) const { return value(index).request; }

    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    /// `place`: the column that the row's place in its file is written in; -1: none.
    RowTree(QStringList headers, int place, QObject* parent);

private:
    [[nodiscard]] QColor colorOf(const RowContent::Tone& tone) const;

    const QStringList headers_;
    const int place_;
    Theme theme_ = Theme::light();
};

} // namespace gatehouse::ui
