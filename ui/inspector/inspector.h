#pragma once

#include "ui/document/object_details.h"
#include "ui/document/test_report.h"
#include "ui/document/topology_index.h"
#include "ui/inspector/yaml_view.h"
#include "ui/models/problems_model.h"
#include "ui/theme.h"

#include <QScrollArea>
#include <QStackedWidget>
#include <QTabWidget>

#include <optional>

class QLabel;
class QVBoxLayout;

namespace gatehouse::ui {

/// What is known of the selected object: summary, conditions in plain words, listeners, rules, connections, YAML.
/// It asks for details with detailsRequested(); they come with setDetails(). Thread: UI.
class Inspector final : public QStackedWidget {
    Q_OBJECT
public:
    explicit Inspector(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void show(const TopologyIndex& index, const std::optional<model::ObjectKey>& key, const ProblemsModel& problems);
    void setDetails(const model::ObjectKey& key, const ObjectDetails& details);
    /// Which rules the tests reached; null: not known.
    void setCoverage(std::shared_ptr<const TestCoverage> coverage);
    /// Opens the YAML page at a line of the file, once the details are there.
    void showLine(int fileLine);
    [[nodiscard]] QString summaryText() const; ///< every text of the summary page, for tests and screen readers
    [[nodiscard]] YamlView* yamlView() const { return yaml_; }

signals:
    void detailsRequested(const gatehouse::model::ObjectKey& key);
    void linkActivated(const gatehouse::model::ObjectKey& key); ///< a connection was clicked

private:
    void rebuild();
    void showYaml();

    Theme theme_ = Theme::light();
    TopologyIndex index_;
    std::optional<model::ObjectKey> key_;
    std::optional<ObjectDetails> details_;
    std::shared_ptr<const TestCoverage> coverage_;
    std::map<int, QString> problemLines_;
    std::optional<int> wantedLine_;

    QLabel* empty_;
    QTabWidget* tabs_;
    QScrollArea* scroll_;
    YamlView* yaml_;
    QLabel* emptyIcon_;
};

} // namespace gatehouse::ui
