#pragma once

#include "ui/theme.h"
#include "ui/topology/canvas_filter.h"

#include <QWidget>

class QLabel;
class QMenu;
class QToolButton;

namespace gatehouse::ui {

/// The line of chips above the canvas: what is asked for by kind, namespace, health, protocol and relation, and whether
/// only problems are shown. It holds the filter; who shows the canvas applies it. Thread: UI.
class FilterBar final : public QWidget {
    Q_OBJECT
public:
    explicit FilterBar(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// What can be asked for. What is asked for and no longer there stays asked for.
    void setChoices(const FilterChoices& choices);
    void setFilter(const CanvasFilter& filter);
    /// `marked`: what differs is marked on the canvas, and only then can be asked for it alone; `comparing`: it differs
    /// from a base, which can be left.
    void setMarked(bool marked, bool comparing);
    [[nodiscard]] const CanvasFilter& filter() const { return filter_; }
    /// "24 of 5,000 objects", when they are not all.
    void setCount(std::size_t shown, std::size_t all);

    [[nodiscard]] QToolButton* chip(const QString& id) const; ///< "kind", "namespace", "health", "protocol", "relation"
    [[nodiscard]] QToolButton* problemsButton() const { return problems_; }
    [[nodiscard]] QToolButton* changesButton() const { return changes_; }
    [[nodiscard]] QToolButton* leaveButton() const { return leave_; }
    [[nodiscard]] QToolButton* clearButton() const { return clear_; }
    [[nodiscard]] QString countText() const;

signals:
    void filterChanged(const gatehouse::ui::CanvasFilter& filter);
    void leaveComparingClicked();

private:
    QToolButton* addChip(const QString& id, const QString& text);
    template <class T, class Text>
    void fill(const QString& id, const std::set<T>& choices, std::set<T> CanvasFilter::*member, Text text);
    void show(const QString& id, std::size_t asked);
    void refresh();
    void untick();
    void change(const CanvasFilter& filter);

    CanvasFilter filter_;
    FilterChoices choices_;
    QToolButton* problems_;
    QToolButton *changes_, *leave_;
    QToolButton* clear_;
    QLabel* count_;
    QLabel* icon_;
};

} // namespace gatehouse::ui
