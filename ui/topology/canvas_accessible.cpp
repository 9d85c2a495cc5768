#include "ui/topology/canvas_accessible.h"

#include "ui/topology/topology_view.h"

#include <QAccessible>
#include <QAccessibleObject>
#include <QAccessibleWidget>

namespace gatehouse::ui {
namespace {

TopologyView* viewOf(const NodeItem& card)
{
    if (!card.scene())
        return nullptr;
    for (QGraphicsView* view : card.scene()->views()) {
        if (auto* ours = qobject_cast<TopologyView*>(view))
            return ours;
    }
    return nullptr;
}

TopologyScene* sceneOf(const NodeItem& card)
{
    return qobject_cast<TopologyScene*>(card.scene());
}

QString nameOf(const NodeItem& card)
{
    const model::TopologyNode& node = card.node();
    if (card.group())
        return TopologyView::tr("%1, stands for %n object(s)", nullptr, static_cast<int>(card.group()->members.size()))
            .arg(QString::fromStdString(node.title));
    return QString::fromStdString(model::toString(node.key));
}

QString connections(const NodeItem& card)
{
    const TopologyScene* scene = sceneOf(card);
    const auto at = scene ? scene->shown().index.find(card.key()) : std::nullopt;
    if (!at)
        return {};
    const TopologyIndex& index = scene->shown().index;
    int refused = 0;
    for (const auto edges : {index.incoming(*at), index.outgoing(*at)}) {
        for (const std::uint32_t edge : edges)
            refused += index.topology().edges[edge].rejected ? 1 : 0;
    }
    QString text = TopologyView::tr("%n connection(s) in", nullptr, static_cast<int>(index.incoming(*at).size())) +
                   QStringLiteral(", ") +
                   TopologyView::tr("%n out", nullptr, static_cast<int>(index.outgoing(*at).size()));
    if (refused > 0)
        text += QStringLiteral(", ") + TopologyView::tr("%n refused", nullptr, refused);
    return text;
}

QString descriptionOf(const NodeItem& card)
{
    const model::TopologyNode& node = card.node();
    QStringList parts{healthWord(node.health)};
    if (!node.healthText.empty())
        parts << QString::fromStdString(node.healthText);
    if (!node.subtitle.empty())
        parts << QString::fromStdString(node.subtitle);
    for (const model::TopologyPort& port : node.ports)
        parts << TopologyView::tr("listener %1 %2 %3")
                     .arg(QString::fromStdString(port.name), QString::fromStdString(port.protocol), portText(port));
    if (card.target())
        parts << card.target()->text;
    parts << connections(card);
    parts.removeAll(QString());
    return parts.join(QStringLiteral("; "));
}

class CardAccessible final : public QAccessibleObject, public QAccessibleActionInterface {
public:
    explicit CardAccessible(NodeItem* card) : QAccessibleObject(card) {}

    QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(viewOf(card())); }
    QAccessibleInterface* child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::ListItem; }

    QString text(QAccessible::Text kind) const override
    {
        switch (kind) {
        case QAccessible::Name:
            return nameOf(card());
        case QAccessible::Description:
            return descriptionOf(card());
        default:
            return {};
        }
    }

    QRect rect() const override
    {
        const TopologyView* view = viewOf(card());
        if (!view)
            return {};
        const QRect inView = view->mapFromScene(card().mapRectToScene(card().cardRect())).boundingRect();
        return {view->viewport()->mapToGlobal(inView.topLeft()), inView.size()};
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        const TopologyView* view = viewOf(card());
        state.selectable = state.focusable = true;
        state.selected = card().isSelected();
        state.focused = view && view->hasFocus() && card().isSelected();
        state.offscreen =
            view && !view->viewport()->rect().intersects(view->mapFromScene(card().sceneBoundingRect()).boundingRect());
        state.invisible = !view || !card().isVisible();
        return state;
    }

    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
    }
    QStringList actionNames() const override { return {pressAction(), showMenuAction()}; }
    void doAction(const QString& name) override
    {
        TopologyView* view = viewOf(card());
        TopologyScene* scene = sceneOf(card());
        if (!view || !scene)
            return;
        scene->select(card().key());
        view->reveal(card().key());
        if (name == showMenuAction())
            emit view->menuRequested(card().key(), rect().center());
    }
    QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    [[nodiscard]] NodeItem& card() const { return *static_cast<NodeItem*>(object()); }
};

class CanvasAccessible final : public QAccessibleWidget {
public:
    explicit CanvasAccessible(TopologyView* view) : QAccessibleWidget(view, QAccessible::List) {}

    int childCount() const override { return static_cast<int>(nodes().size()); }

    QAccessibleInterface* child(int at) const override
    {
        if (at < 0 || at >= childCount())
            return nullptr;
        return QAccessible::queryAccessibleInterface(scene().nodeItem(nodes()[static_cast<std::size_t>(at)].key));
    }

    int indexOfChild(const QAccessibleInterface* child) const override
    {
        const auto* card = child ? qobject_cast<NodeItem*>(child->object()) : nullptr;
        const auto at = card ? scene().shown().index.find(card->key()) : std::nullopt;
        return at ? static_cast<int>(*at) : -1;
    }

    QAccessibleInterface* focusChild() const override
    {
        if (!widget()->hasFocus())
            return nullptr;
        const auto& key = scene().selectedKey();
        NodeItem* card = key ? scene().itemFor(*key) : nullptr;
        return card ? QAccessible::queryAccessibleInterface(card) : const_cast<CanvasAccessible*>(this);
    }

    QAccessibleInterface* childAt(int x, int y) const override
    {
        auto* view = static_cast<TopologyView*>(widget());
        const QPoint at = view->viewport()->mapFromGlobal(QPoint(x, y));
        if (auto* card = qgraphicsitem_cast<NodeItem*>(view->itemAt(at)))
            return QAccessible::queryAccessibleInterface(card);
        return nullptr;
    }

private:
    [[nodiscard]] const TopologyScene& scene() const
    {
        return *static_cast<TopologyScene*>(static_cast<TopologyView*>(widget())->scene());
    }
    [[nodiscard]] const std::vector<model::TopologyNode>& nodes() const
    {
        return scene().shown().index.topology().nodes;
    }
};

QAccessibleInterface* make(const QString& name, QObject* object)
{
    if (name == QLatin1String("gatehouse::ui::TopologyView"))
        return new CanvasAccessible(static_cast<TopologyView*>(object));
    if (name == QLatin1String("gatehouse::ui::NodeItem"))
        return new CardAccessible(static_cast<NodeItem*>(object));
    return nullptr;
}

} // namespace

void installCanvasAccessibility()
{
    QAccessible::installFactory(make); // a second time changes nothing
}

} // namespace gatehouse::ui
