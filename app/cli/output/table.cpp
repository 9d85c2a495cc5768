#include "app/cli/output/table.h"

#include "app/cli/output/style.h"
#include "model/base/printable.h"

#include <algorithm>

namespace gatehouse::cli {

namespace {

std::size_t width(const std::string& text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string tinted(const Cell& cell, const Style& style)
{
    switch (cell.tint) {
    case Tint::None:
        return cell.text;
    case Tint::Red:
        return style.red(cell.text);
    case Tint::Green:
        return style.green(cell.text);
    case Tint::Yellow:
        return style.yellow(cell.text);
    case Tint::Dim:
        return style.dim(cell.text);
    }
    return cell.text;
}

} // namespace

void Table::add(std::vector<Cell> row)
{
    for (Cell& cell : row)
        cell.text = model::printable(std::move(cell.text));
    rows_.push_back(std::move(row));
}

void Table::print(std::ostream& out, bool colour) const
{
    const Style style{colour};
    std::vector<std::size_t> widths;
    for (const std::string& head : heads_)
        widths.push_back(width(head));
    for (const auto& row : rows_)
        for (std::size_t i = 0; i < row.size() && i < widths.size(); ++i)
            widths[i] = std::max(widths[i], width(row[i].text));

    const auto line = [&](const std::vector<Cell>& row) {
        std::string text;
        std::size_t pending = 0; // spaces owed before the next cell that is not empty
        for (std::size_t i = 0; i < row.size() && i < widths.size(); ++i) {
            if (!row[i].text.empty()) {
                text.append(pending, ' ');
                text += tinted(row[i], style);
                pending = 0;
            }
            pending += widths[i] - width(row[i].text) + 3;
        }
        out << text << '\n';
    };
    line(std::vector<Cell>(heads_.begin(), heads_.end()));
    for (const auto& row : rows_)
        line(row);
}

} // namespace gatehouse::cli
