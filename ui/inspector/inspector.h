#pragma once

#include "ui/document/object_details.h"
#include "ui/document/problem_list.h"
#include "ui/document/test_report.h"
#include "ui/document/topology_index.h"
#include "ui/inspector/yaml_view.h"
#include "ui/theme.h"

#include <QScrollArea>
#include <QStackedWidget>
#include <QTabWidget>

#include <map>
#include <optional>
#include <vector>

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
    /// An object that is not in `index` is shown from what detailsRequested() brings.
    void show(const TopologyIndex& index, const std::optional<model::ObjectKey>& key,
              const std::vector<Problem>& problems);
    void setProblems(const std::vector<Problem>& problems);         ///< other problems of the same objects
    void setContext(const QString& context) { context_ = context; } ///< of kubectl's, in commands to copy; "": its own
    void setDetails(const model::ObjectKey& key, const ObjectDetails& details);
    /// Which rules the tests reached; null: not known.
    void setCoverage(std::shared_ptr<const TestCoverage> coverage);
    /// Opens the YAML page at a line of the file, once the details are there.
    void showLine(int fileLine);
    /// Where the shown object is written, also one that the canvas does not draw; unknown: in no file.
    [[nodiscard]] model::SourceLocation source() const;
    [[nodiscard]] QString summaryText(); ///< every text of the summary page, for tests and screen readers
    [[nodiscard]] YamlView* yamlView() const { return yaml_; }

signals:
    void detailsRequested(const gatehouse::model::ObjectKey& key);
    void linkActivated(const gatehouse::model::ObjectKey& key); ///< a connection was clicked
    void codeActivated(const gatehouse::ui::Problem& problem);  ///< what its code means is asked for

private:
    void rebuild();
    void makePage();
    void showYaml();
    [[nodiscard]] std::map<int, QString> problemLines() const;

    Theme theme_ = Theme::light();
    QString context_;
    TopologyIndex index_;
    std::optional<model::ObjectKey> key_;
    std::optional<ObjectDetails> details_;
    std::shared_ptr<const TestCoverage> coverage_;
    std::vector<Problem> problems_;
    std::optional<int> wantedLine_;
    bool stale_ = false; ///< the page is not yet of what is known

    QLabel* empty_;
    QTabWidget* tabs_;
    QScrollArea* scroll_;
    YamlView* yaml_;
    QLabel* emptyIcon_;
};

} // namespace gatehouse::ui
