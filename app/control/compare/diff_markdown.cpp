#include "app/control/compare/diff_words.h"

#include <algorithm>

namespace gatehouse::control {
namespace {

/// Text in a cell or a list of Markdown: nothing of it is markup.
std::string plain(const std::string& text)
{
    std::string out;
    for (const char c : text) {
        if (std::string_view("\\`*_{}[]<>#|~").find(c) != std::string_view::npos)
            out += '\\';
        out += c == '\n' ? ' ' : c;
    }
    return out;
}

/// Verbatim, in as many backticks as it needs; a bar would end a cell even so.
std::string verbatim(const std::string& text)
{
    std::string inside;
    for (const char c : text)
        inside += c == '|' ? "\\|" : std::string(1, c);
    std::size_t longest = 0, run = 0;
    for (const char c : inside) {
        run = c == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    const std::string ticks(longest + 1, '`');
    const std::string space = longest > 0 ? " " : "";
    return ticks + space + inside + space + ticks;
}

std::string cell(const std::string& text)
{
    return text.empty() ? "*absent*" : verbatim(text);
}

std::string treatmentCell(const routing::RoutedTo& to, const routing::RoutedTo& other)
{
    std::string text = plain(endText(to));
    for (const std::string& line : to.outcome.treatment)
        if (std::find(other.outcome.treatment.begin(), other.outcome.treatment.end(), line) ==
            other.outcome.treatment.end())
            text += "<br>" + plain(line);
    return text;
}

void addResources(std::string& text, const std::vector<ResourceChange>& changes)
{
    if (changes.empty())
        return;
    text += "\n### Resources\n\n";
    for (const ResourceChange& change : changes) {
        text += "- " + std::string(toString(change.kind)) + " **" +
                plain(change.key.kind + ' ' + toString(change.key.name)) + "**\n";
        for (const FieldChange& field : change.fields)
            text += "  - " + verbatim(field.path) + ": " + cell(field.before) + " → " + cell(field.after) + '\n';
    }
}

void addAttachments(std::string& text, const std::vector<AttachmentChange>& changes)
{
    if (changes.empty())
        return;
    text += "\n### Attachments\n\n| | route | listener | hosts before | hosts after |\n|---|---|---|---|---|\n";
    for (const AttachmentChange& change : changes)
        text += "| " + std::string(toString(change.kind)) + " | " + plain(change.route) + " | " +
                plain(change.listener) + " | " + plain(change.before) + " | " + plain(change.after) + " |\n";
}

void addConditions(std::string& text, const std::vector<StatusChange>& changes)
{
    if (changes.empty())
        return;
    text += "\n### Conditions\n\n| object | condition | before | after | says |\n|---|---|---|---|---|\n";
    for (const StatusChange& change : changes)
        text += "| " + plain(change.object + (change.scope.empty() ? "" : ", " + change.scope)) + " | " +
                plain(change.type) + " | " + plain(change.before) + " | " + plain(change.after) + " | " +
                plain(change.message) + " |\n";
}

void addBehaviour(std::string& text, const routing::BehaviourDiff& behaviour)
{
    if (!behaviour.changes.empty())
        text += "\n### Behaviour\n\n| for example | at | before | after |\n|---|---|---|---|\n";
    for (const routing::BehaviourChange& change : behaviour.changes)
        text += "| " + verbatim(witnessText(change)) + " | " + plain(toText(change.entrance)) + " | " +
                treatmentCell(change.before, change.after) + " | " + treatmentCell(change.after, change.before) +
                " |\n";
    if (behaviour.undecided.empty())
        return;
    text += "\n### Not decided\n\nRegular expressions that may or may not meet:\n\n";
    for (const std::string& pair : behaviour.undecided)
        text += "- " + plain(pair) + '\n';
}

} // namespace

std::string diffMarkdown(const SetDiff& diff)
{
    std::string text = "**" + plain(diffSummary(diff)) + "**\n";
    addResources(text, diff.resources);
    addAttachments(text, diff.attachments);
    addConditions(text, diff.statuses);
    addBehaviour(text, diff.behaviour);
    return text;
}

} // namespace gatehouse::control
