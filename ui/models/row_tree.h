#pragma once

#include "model/base/object_key.h"
#include "model/base/source_location.h"
#include "ui/document/probe.h"
#include "ui/theme.h"

#include <QAbstractItemModel>

#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace gatehouse::ui {

/// A tree of rows for people: texts by column, an icon, and where each row leads to. What rows there are is the
/// business of who derives from it. Thread: UI.
class RowTree : public QAbstractItemModel {
    Q_OBJECT
public:
    /// Where a row leads to.
    struct Jump {
        std::optional<model::ObjectKey> key;
        model::SourceLocation location;
    };

    void setTheme(const Theme& theme);
    [[nodiscard]] Jump jumpAt(const QModelIndex& index) const;
    /// The request that a row is about; nothing: it is about none.
    [[nodiscard]] std::optional<ProbeRequest> requestAt(const QModelIndex& index) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    using Tone = std::variant<std::monostate, ChangeMark, model::Health>;
    struct Row {
        Row* parent = nullptr;
        int row = 0;
        std::vector<std::unique_ptr<Row>> children;
        std::vector<QString> texts; ///< by column; what is missing is empty
        QString icon, tip;          ///< of the first column
        Tone tone;                  ///< colours the icon and the text of `tonedColumn`
        int tonedColumn = 0;
        Jump jump;
        std::optional<ProbeRequest> request;
    };

    /// `place`: the column that the row's place in its file is written in; -1: none.
    RowTree(QStringList headers, int place, QObject* parent);
    static Row& add(Row& parent, std::vector<QString> texts);
    [[nodiscard]] Row& root() { return root_; }
    [[nodiscard]] Row& rowAt(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOf(const Row& row) const;
    [[nodiscard]] QColor colorOf(const Tone& tone) const;

private:
    const QStringList headers_;
    const int place_;
    Row root_;
    Theme theme_ = Theme::light();
};

} // namespace gatehouse::ui
