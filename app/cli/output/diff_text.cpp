#include "app/cli/output/diff_text.h"

#include "app/control/compare/diff_words.h"

#include <algorithm>

namespace gatehouse::cli {

using control::ChangeKind;
using control::diffSummary;
using control::endText;
using control::witnessText;
using routing::BehaviourChange;

namespace {

class Printer {
public:
    Printer(const control::SetDiff& diff, const Style& style) : diff_(diff), style_(style) {}

    std::string run()
    {
        section("Resources", diff_.resources);
        section("Attachments", diff_.attachments);
        section("Conditions", diff_.statuses);
        section("Behaviour", diff_.behaviour.changes);
        if (!diff_.behaviour.undecided.empty()) {
            heading("Not decided: regular expressions that may or may not meet");
            for (const std::string& pair : diff_.behaviour.undecided)
                text_ += "  ? " + pair + '\n';
        }
        text_ += (text_.empty() ? "" : "\n") + diffSummary(diff_) + '\n';
        return std::move(text_);
    }

private:
    void heading(const std::string& title) { text_ += (text_.empty() ? "" : "\n") + style_.bold(title) + '\n'; }

    template <class T>
    void section(const std::string& title, const std::vector<T>& changes)
    {
        if (changes.empty())
            return;
        heading(title);
        for (const T& change : changes)
            print(change);
    }

    [[nodiscard]] std::string mark(ChangeKind kind) const
    {
        switch (kind) {
        case ChangeKind::Added:
            return "  " + style_.green("+") + ' ';
        case ChangeKind::Removed:
            return "  " + style_.red("-") + ' ';
        case ChangeKind::Changed:
            break;
        }
        return "  " + style_.yellow("~") + ' ';
    }

    void print(const control::ResourceChange& change)
    {
        text_ += mark(change.kind) + change.key.kind + ' ' + toString(change.key.name);
        if (const std::string location = toString(change.location); !location.empty())
            text_ += style_.dim("  " + location);
        text_ += '\n';
        for (const control::FieldChange& field : change.fields)
            text_ += "      " + field.path + ": " + (field.before.empty() ? "absent" : field.before) + " -> " +
                     (field.after.empty() ? "absent" : field.after) + '\n';
    }

    void print(const control::AttachmentChange& change)
    {
        text_ += mark(change.kind) + change.route + " on " + change.listener;
        if (change.kind == ChangeKind::Changed)
            text_ += ": hosts " + change.before + " -> " + change.after;
        else
            text_ += " (hosts " + (change.before.empty() ? change.after : change.before) + ')';
        text_ += '\n';
    }

    void print(const control::StatusChange& change)
    {
        text_ += mark(ChangeKind::Changed) + change.object + (change.scope.empty() ? "" : ", " + change.scope) + ": " +
                 change.type + ' ' + (change.before.empty() ? "absent" : change.before) + " -> " +
                 (change.after.empty() ? "absent" : change.after) + '\n';
        if (!change.message.empty())
            text_ += "      " + style_.dim(change.message) + '\n';
    }

    void print(const BehaviourChange& change)
    {
        text_ += mark(ChangeKind::Changed) + witnessText(change) + style_.dim("  at " + toText(change.entrance)) + '\n';
        text_ += "      before: " + endText(change.before) + '\n';
        text_ += "      after:  " + endText(change.after) + '\n';
        const auto& old = change.before.outcome.treatment;
        const auto& now = change.after.outcome.treatment;
        for (const std::string& line : old)
            if (std::find(now.begin(), now.end(), line) == now.end())
                text_ += "      " + style_.red("- " + line) + '\n';
        for (const std::string& line : now)
            if (std::find(old.begin(), old.end(), line) == old.end())
                text_ += "      " + style_.green("+ " + line) + '\n';
    }

    const control::SetDiff& diff_;
    const Style& style_;
    std::string text_;
};

} // namespace

std::string diffText(const control::SetDiff& diff, const Style& style)
{
    return Printer(diff, style).run();
}

} // namespace gatehouse::cli
