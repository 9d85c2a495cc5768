#pragma once

#include "model/topology/topology.h"
#include "ui/editor/completion.h"
#include "ui/theme.h"

#include <QObject>

#include <memory>
#include <vector>

namespace gatehouse::ui {

class CodeView;

/// Offers what the schema and the set allow at the cursor: when asked, and while a name or a value is typed.
/// Lifetime: of the view, which is its parent. Thread: UI.
class CodeCompletion final : public QObject {
    Q_OBJECT
public:
    explicit CodeCompletion(CodeView* view);

    void setTheme(const Theme& theme);
    void setTopology(std::shared_ptr<const model::Topology> topology) { topology_ = std::move(topology); }
    /// Shows what there is. `wanted`: somebody asked for it, so that it may come before anything is typed.
    void offer(bool wanted);
    [[nodiscard]] const std::vector<Completion>& offered() const { return offered_; }

signals:
    /// What the completion that is chosen now is for; "" when the list closes.
    void helpChanged(const QString& help);

private:
    void typed(int character);
    void take(const QString& name);

    CodeView* view_;
    std::shared_ptr<const model::Topology> topology_;
    std::vector<Completion> offered_;
    int begin_ = 0, rest_ = 0; ///< what a choice replaces: from here, and so much behind the cursor
};

} // namespace gatehouse::ui
