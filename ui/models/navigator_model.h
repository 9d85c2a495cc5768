#pragma once

#include "ui/document/topology_index.h"
#include "ui/models/synced_tree.h"
#include "ui/theme.h"

#include <optional>
#include <unordered_map>

namespace gatehouse::ui {

/// What a row of the Navigator shows.
struct NavigatorEntry {
    QString text, detail, icon;
    std::optional<model::ObjectKey> key = {}; ///< nothing: a namespace
    std::optional<model::NodeKind> kind = {}; ///< decides the icon's colour
    std::optional<model::Health> health = {}; ///< shown after the name when it is not good
    int unwell = 0;                           ///< of a namespace: how many of its objects are not well
    bool listener = false;                    ///< `key` is its Gateway's
    bool operator==(const NavigatorEntry&) const = default;
};

using NavigatorRows = std::vector<TreeRow<NavigatorEntry>>;
/// The Navigator's tree of a topology, in order. Pure. Thread: any.
NavigatorRows navigatorRows(const TopologyIndex& index);

/// The tree of the Navigator: namespaces -> Gateways -> listeners -> routes -> backends, and each namespace's own
/// routes, policies and grants. An object may stand in several places; every place of it has the same key. A reload
/// changes only what differs. Thread: UI.
class NavigatorModel final : public SyncedTree<NavigatorEntry> {
    Q_OBJECT
public:
    enum Role {
        HealthRole = Qt::UserRole,     ///< model::Health as int, unless good
        DetailRole = Qt::UserRole + 1, ///< what stands small beside the name
        PathRole,                      ///< identity of the place across reloads
        MatchRole,                     ///< QList<int>: which letters of the name were searched for
        UnwellRole,                    ///< int: objects of a namespace that are not well
    };
    explicit NavigatorModel(QObject* parent = nullptr);

    void setTopology(const TopologyIndex& index) { setTopology(index, navigatorRows(index)); }
    /// The same with the rows that navigatorRows() made of it, so that it can be called elsewhere.
    void setTopology(const TopologyIndex& index, const NavigatorRows& rows);
    void setTheme(const Theme& theme);

    /// The object at a place; nothing for namespaces. A listener stands for its Gateway.
    [[nodiscard]] std::optional<model::ObjectKey> keyAt(const QModelIndex& index) const;
    [[nodiscard]] const NavigatorEntry& entryAt(const QModelIndex& index) const { return value(index); }
    /// The first place of an object, looked for below its own namespace.
    [[nodiscard]] QModelIndex find(const model::ObjectKey& key) const;

    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void rememberPlaces(const Entry& above) const;

    TopologyIndex topology_;
    /// Of each object the first; made when somebody looks for one.
    mutable std::optional<std::unordered_map<model::ObjectKey, const Entry*>> places_;
    Theme theme_ = Theme::light();
};

} // namespace gatehouse::ui
