#pragma once

#include "ui/document/topology_index.h"
#include "ui/theme.h"

#include <QAbstractItemModel>

#include <deque>
#include <optional>
#include <vector>

namespace gatehouse::ui {

/// The tree of the Navigator: namespaces -> Gateways -> listeners -> routes -> backends, and each namespace's own
/// routes and policies. An object may stand in several places; every place of it has the same key. Thread: UI.
class NavigatorModel final : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Role {
        DetailRole = Qt::UserRole + 1, ///< what stands small beside the name
        PathRole,                      ///< identity of the place across reloads
    };
    explicit NavigatorModel(QObject* parent = nullptr);

    void setTopology(const TopologyIndex& index);
    void setTheme(const Theme& theme);

    /// The object at a place; nothing for namespaces and group headings. A listener stands for its Gateway.
    [[nodiscard]] std::optional<model::ObjectKey> keyAt(const QModelIndex& index) const;
    /// The first place of an object, looked for below its own namespace.
    [[nodiscard]] QModelIndex find(const model::ObjectKey& key) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Entry {
        Entry* parent = nullptr;
        int row = 0;
        std::vector<Entry*> children;
        QString text, detail, icon, path;
        std::optional<model::ObjectKey> key;
        std::optional<model::NodeKind> kind; ///< decides the icon's colour
        std::optional<model::Health> health; ///< shown after the name when it is not good
        QString tip;
    };

    Entry& add(Entry& parent, const QString& text, const QString& icon);
    Entry& addNode(Entry& parent, const model::TopologyNode& node);
    void addGateway(Entry& parent, const TopologyIndex& index, std::uint32_t node);
    void addRoute(Entry& parent, const TopologyIndex& index, std::uint32_t node);
    [[nodiscard]] const Entry& entry(const QModelIndex& index) const;

    std::deque<Entry> entries_; ///< stable addresses; the first is the invisible root
    Theme theme_ = Theme::light();
};

} // namespace gatehouse::ui
