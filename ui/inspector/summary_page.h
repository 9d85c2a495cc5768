#pragma once

#include "ui/document/object_details.h"
#include "ui/document/problem_list.h"
#include "ui/document/test_report.h"
#include "ui/document/topology_index.h"
#include "ui/inspector/page_parts.h"
#include "ui/theme.h"

#include <QWidget>

#include <vector>

class QVBoxLayout;

namespace gatehouse::ui {

/// The Inspector's first page for one object. Built anew for each object; holds no state of its own.
class SummaryPage final : public QWidget {
    Q_OBJECT
public:
    struct Content {
        const model::ObjectKey& key;
        const TopologyIndex& index;
        std::optional<std::uint32_t> node; ///< nothing: the object is not on the canvas (a Secret, a ReferenceGrant)
        const Theme& theme;
        const ObjectDetails* details;         ///< null until they came
        const std::vector<Problem>& problems; ///< of everything
        const RouteCoverage* coverage;        ///< which of a route's rules are tested; null: not known
        const QString& context;               ///< of kubectl, for commands to copy
    };
    explicit SummaryPage(const Content& content, QWidget* parent = nullptr);

signals:
    void linkActivated(const gatehouse::model::ObjectKey& key);
    void lineActivated(int line); ///< of the object's file
    void codeActivated(const gatehouse::ui::Problem& problem);

private:
    /// What a link leads to: an object, and a line of the one that is shown (0: none).
    struct Target {
        model::ObjectKey key;
        int line = 0;
    };

    void addHeader(const Content& content);
    void addTitle(const Content& content);
    void addBanner(const Content& content, const model::TopologyNode& node);
    void addSource(const model::SourceLocation& source);
    void addCopies(const Content& content, const model::TopologyNode& node);
    void addProblems(const Content& content);
    void addConditions(const Content& content, const std::vector<model::Condition>& conditions);
    void addListeners(const Content& content);
    void addRules(const Content& content);
    struct Tested {
        QString icon;
        QColor color;
        QString text;
    };
    /// Whether tests reached a rule of the object; nothing: it is not known.
    std::optional<Tested> testedText(const Content& content, std::uint32_t rule);
    void addWrittenRules(const Content& content);
    void addTable(const Content& content, const EffectiveTable& table);
    QString ruleHtml(const Content& content, const EffectiveRule& rule, std::size_t number);
    void addConnections(const Content& content);
    void addEdges(const Content& content, const std::vector<std::pair<std::uint32_t, std::uint32_t>>& edges,
                  const std::vector<model::Reference>& more, const QString& title);
    void addEdge(const Content& content, const model::TopologyEdge& edge, std::uint32_t other);
    void addReference(const Content& content, const model::Reference& reference, bool toOther);
    void addLinkRow(const QString& iconName, const QColor& color, const QString& html, const QString& facts);
    QLabel* links(const QString& html);
    QString link(const Theme& theme, const model::ObjectKey& key, const QString& text, int line = 0);

    QVBoxLayout* layout_;
    std::vector<Target> targets_; ///< of the links, by number
};

} // namespace gatehouse::ui
