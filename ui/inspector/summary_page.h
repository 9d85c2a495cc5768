#pragma once

#include "ui/document/object_details.h"
#include "ui/document/test_report.h"
#include "ui/document/topology_index.h"
#include "ui/theme.h"

#include <QWidget>

#include <functional>

class QVBoxLayout;

namespace gatehouse::ui {

/// Where long words of the page may break; not part of the texts.
inline constexpr QChar zeroWidthSpace{0x200B};

/// The Inspector's first page for one object. Built anew for each object; holds no state of its own.
class SummaryPage final : public QWidget {
    Q_OBJECT
public:
    struct Content {
        const TopologyIndex& index;
        std::uint32_t node;
        const Theme& theme;
        const ObjectDetails* details;            ///< null until they came
        const RouteCoverage* coverage = nullptr; ///< which of a route's rules are tested; null: not known
    };
    explicit SummaryPage(const Content& content, QWidget* parent = nullptr);

signals:
    void linkActivated(const gatehouse::model::ObjectKey& key);

private:
    void addHeader(const Content& content);
    void addConditions(const Content& content, const std::vector<model::Condition>& conditions);
    void addListeners(const Content& content);
    void addRules(const Content& content);
    QWidget* testedRow(const Content& content, std::size_t rule); ///< null: nothing is known of it
    void addConnections(const Content& content);
    void addSection(const QString& title);
    /// An icon beside a text that wraps, and a quieter line below it.
    QWidget* row(const QString& iconName, const QColor& color, const QString& text, const QString& below);
    void addLink(const Content& content, const model::TopologyEdge& edge, std::uint32_t other);

    QVBoxLayout* layout_;
};

} // namespace gatehouse::ui
