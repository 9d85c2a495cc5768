#pragma once

#include <ostream>
#include <string>
#include <vector>

namespace gatehouse::cli {

enum class Tint : unsigned char { None, Red, Green, Yellow, Dim };

struct Cell {
    std::string text;
    Tint tint = Tint::None;

    Cell(std::string t) : text(std::move(t)) {}
    Cell(const char* t) : text(t) {}
    Cell(std::string t, Tint c) : text(std::move(t)), tint(c) {}
};

/// Columns as kubectl prints them: upper-case heads, three spaces between, no space at the end of a line. Widths count
/// Unicode code points. What a manifest says is printed without its control characters.
class Table {
public:
    explicit Table(std::vector<std::string> heads) : heads_(std::move(heads)) {}

    void add(std::vector<Cell> row);
    [[nodiscard]] bool empty() const { return rows_.empty(); }
    void print(std::ostream& out, bool colour) const;

private:
    std::vector<std::string> heads_;
    std::vector<std::vector<Cell>> rows_;
};

} // namespace gatehouse::cli
