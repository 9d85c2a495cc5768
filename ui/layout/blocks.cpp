// The layout of large inputs. Everything is thought left to right; for top-down the boxes are turned before and the
// result is turned back.

#include "ui/layout/blocks.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace gatehouse::layout {
namespace {

constexpr double wantedAspect = 1.6; ///< width to height, of a window's middle
constexpr double leaderAspect = 0.4; ///< of blocks that lead to others: lines out of their back would cross their front
constexpr double padding = 18;       ///< inside of a cluster's frame
constexpr double titleGap = 10;
constexpr double blockGap = 40;

/// The boxes of a cluster (or one box outside of all), placed from (0, 0).
struct Block {
    std::int32_t cluster = -1;
    std::vector<std::uint32_t> boxes;
    std::vector<Rect> places; ///< of the boxes
    double width = 0, height = 0;
    bool leads = false; ///< a box of it has an edge into another block
};

struct Column {
    std::vector<std::uint32_t> boxes;
    double width = 0, height = 0; ///< of its largest box
};

class Blocks {
public:
    Blocks(const Input& input, bool turned) : input_(input), turned_(turned), blockOf_(input.boxes.size()) {}

    Output layOut() &&
    {
        gather();
        markLeaders();
        for (Block& block : blocks_)
            fill(block);
        output_.boxes.resize(input_.boxes.size());
        output_.clusters.resize(input_.clusters.size());
        placeAll();
        output_.curves.resize(input_.edges.size());
        for (std::size_t e = 0; e < input_.edges.size(); ++e)
            drawPlain(input_, e, output_);
        return std::move(output_);
    }

private:
    void gather()
    {
        std::map<std::int32_t, std::size_t> known;
        for (std::uint32_t b = 0; b < input_.boxes.size(); ++b) {
            const std::int32_t cluster = input_.boxes[b].cluster;
            std::size_t at = blocks_.size();
            if (cluster >= 0)
                at = known.try_emplace(cluster, at).first->second;
            if (at == blocks_.size())
                blocks_.push_back({cluster, {}, {}, 0, 0, false});
            blocks_[at].boxes.push_back(b);
            blockOf_[b] = at;
        }
    }

    void markLeaders()
    {
        for (const Edge& edge : input_.edges) {
            if (!edge.loose && blockOf_[edge.from] != blockOf_[edge.to] && input_.boxes[edge.from].column == 0)
                blocks_[blockOf_[edge.from]].leads = true;
        }
    }

    /// Where each box of a block would like to stand: beside the middle of what leads to it.
    void order(std::vector<Column>& columns) const
    {
        std::map<std::uint32_t, double> rank;
        for (Column& column : columns) {
            std::map<std::uint32_t, std::pair<double, int>> pull;
            for (const std::uint32_t box : column.boxes)
                pull[box] = {0, 0};
            for (const auto& [from, to] : inner_) {
                const auto found = rank.find(from);
                const auto pulled = pull.find(to);
                if (found != rank.end() && pulled != pull.end())
                    pulled->second.first += found->second, ++pulled->second.second;
            }
            std::stable_sort(column.boxes.begin(), column.boxes.end(), [&](std::uint32_t a, std::uint32_t b) {
                const auto middle = [&](std::uint32_t box) {
                    const auto& [sum, count] = pull[box];
                    return count == 0 ? double(columns.size()) * 1e9 : sum / count;
                };
                return middle(a) < middle(b);
            });
            for (std::size_t i = 0; i < column.boxes.size(); ++i)
                rank[column.boxes[i]] = double(i) / double(column.boxes.size());
        }
    }

    void fill(Block& block)
    {
        std::map<std::uint32_t, Column> byColumn;
        for (const std::uint32_t b : block.boxes) {
            Column& column = byColumn[input_.boxes[b].column];
            column.boxes.push_back(b);
            column.width = std::max(column.width, input_.boxes[b].width);
            column.height = std::max(column.height, input_.boxes[b].height);
        }
        std::vector<Column> columns;
        for (auto& [number, column] : byColumn)
            columns.push_back(std::move(column));
        collectInner(block);
        order(columns);
        place(block, columns);
    }

    void collectInner(const Block& block)
    {
        if (edgesFrom_.empty()) {
            edgesFrom_.resize(input_.boxes.size());
            for (const Edge& edge : input_.edges) {
                if (blockOf_[edge.from] == blockOf_[edge.to])
                    edgesFrom_[edge.from].push_back(edge.to);
            }
        }
        inner_.clear();
        for (const std::uint32_t from : block.boxes) {
            for (const std::uint32_t to : edgesFrom_[from])
                inner_.emplace_back(from, to);
        }
    }

    /// How wide a block becomes when no column is longer than `rows` boxes, and how high.
    std::pair<double, double> sizeWith(const std::vector<Column>& columns, std::size_t rows) const
    {
        double width = 0, height = 0;
        for (const Column& column : columns) {
            const auto wraps = (column.boxes.size() + rows - 1) / rows;
            width += double(wraps) * (column.width + input_.boxGap) - input_.boxGap + input_.columnGap;
            height = std::max(height, double(std::min(rows, column.boxes.size())) * (column.height + input_.boxGap));
        }
        return {width, height};
    }

    void place(Block& block, const std::vector<Column>& columns) const
    {
        std::size_t rows = 1;
        for (;; ++rows) {
            const auto [width, height] = sizeWith(columns, rows);
            if (width <= height * (block.leads ? leaderAspect : wantedAspect))
                break;
            const bool longEnough =
                std::all_of(columns.begin(), columns.end(), [&](const Column& c) { return c.boxes.size() <= rows; });
            if (longEnough)
                break;
        }
        std::map<std::uint32_t, Rect> places;
        double x = 0, bottom = 0;
        for (const Column& column : columns) {
            for (std::size_t i = 0; i < column.boxes.size(); i += rows) {
                double y = 0;
                for (std::size_t r = i; r < std::min(i + rows, column.boxes.size()); ++r) {
                    const Box& box = input_.boxes[column.boxes[r]];
                    places[column.boxes[r]] = {x, y, box.width, box.height};
                    y += box.height + input_.boxGap;
                }
                bottom = std::max(bottom, y - input_.boxGap);
                x += column.width + input_.boxGap;
            }
            x += input_.columnGap - input_.boxGap;
        }
        block.width = x - input_.columnGap;
        block.height = bottom;
        double left = 0, top = 0;
        if (block.cluster >= 0) {
            const Cluster& cluster = input_.clusters[static_cast<std::size_t>(block.cluster)];
            // Turned, the title's top is the left.
            const double room = padding + cluster.titleHeight + titleGap;
            left = turned_ ? room : padding;
            top = turned_ ? padding : room;
            double& along = turned_ ? block.height : block.width;
            along = std::max(along, cluster.titleWidth);
            block.width += left + padding;
            block.height += top + padding;
        }
        for (const std::uint32_t b : block.boxes) {
            Rect& rect = places[b];
            rect.x += left;
            rect.y += top;
            block.places.push_back(rect);
        }
    }

    void put(const Block& block, double x, double y)
    {
        for (std::size_t i = 0; i < block.boxes.size(); ++i) {
            Rect rect = block.places[i];
            rect.x += x;
            rect.y += y;
            output_.boxes[block.boxes[i]] = rect;
        }
        if (block.cluster >= 0)
            output_.clusters[static_cast<std::size_t>(block.cluster)] = {x, y, block.width, block.height};
        output_.width = std::max(output_.width, x + block.width);
        output_.height = std::max(output_.height, y + block.height);
    }

    /// In rows from (x, y), of about the wanted shape; returns how wide and high they came out.
    Point placeRows(const std::vector<const Block*>& blocks, double x, double y)
    {
        double area = 0, widest = 0;
        for (const Block* block : blocks) {
            area += (block->width + blockGap) * (block->height + blockGap);
            widest = std::max(widest, block->width);
        }
        const double rowWidth = std::max(widest, std::sqrt(area * wantedAspect));
        double dx = 0, dy = 0, rowHeight = 0, right = 0;
        for (const Block* block : blocks) {
            if (dx > 0 && dx + block->width > rowWidth) {
                dy += rowHeight + blockGap;
                dx = rowHeight = 0;
            }
            put(*block, x + dx, y + dy);
            dx += block->width + blockGap;
            right = std::max(right, dx - blockGap);
            rowHeight = std::max(rowHeight, block->height);
        }
        return {right, dy + rowHeight};
    }

    void placeAll()
    {
        std::vector<const Block*> leaders, others;
        for (const Block& block : blocks_)
            (block.leads ? leaders : others).push_back(&block);
        // One below the other, so that the lines that leave them do not cross them.
        double y = 0, right = 0;
        for (const Block* block : leaders) {
            put(*block, 0, y);
            y += block->height + blockGap;
            right = std::max(right, block->width);
        }
        if (others.empty())
            return;
        placeRows(others, leaders.empty() ? 0 : right + 2 * input_.columnGap, 0);
    }

    const Input& input_;
    const bool turned_; ///< boxes lie on their sides: it is thought top-down
    std::vector<std::size_t> blockOf_;
    std::vector<Block> blocks_;
    std::vector<std::vector<std::uint32_t>> edgesFrom_;          ///< inside of blocks
    std::vector<std::pair<std::uint32_t, std::uint32_t>> inner_; ///< of the block at hand
    Output output_;
};

Input turned(Input input)
{
    for (Box& box : input.boxes)
        std::swap(box.width, box.height);
    return input;
}

void turn(Rect& rect)
{
    std::swap(rect.x, rect.y);
    std::swap(rect.width, rect.height);
}

} // namespace

void drawPlain(const Input& input, std::size_t edge, Output& output)
{
    const Edge& drawn = input.edges[edge];
    const Rect &from = output.boxes[drawn.from], &to = output.boxes[drawn.to];
    const bool leftRight = input.direction == Direction::LeftRight;
    Point start{from.center().x, from.bottom()}, end{to.center().x, to.y};
    if (leftRight) {
        start = {from.right(), from.center().y};
        if (drawn.fromPort >= 0) {
            const PortRow& row = input.boxes[drawn.from].ports[static_cast<std::size_t>(drawn.fromPort)];
            start.y = from.y + row.top + row.height / 2;
        }
        end = {to.x, to.center().y};
    }
    const double bend = std::max(40.0, std::abs(leftRight ? end.x - start.x : end.y - start.y) / 2);
    const Point a = leftRight ? Point{start.x + bend, start.y} : Point{start.x, start.y + bend};
    const Point b = leftRight ? Point{end.x - bend, end.y} : Point{end.x, end.y - bend};
    output.curves[edge] = {{start, a, b, end}, {(start.x + end.x) / 2, (start.y + end.y) / 2}};
}

Output layOutBlocks(const Input& input)
{
    if (input.direction == Direction::LeftRight)
        return Blocks(input, false).layOut();
    const Input onSide = turned(input);
    Output output = Blocks(onSide, true).layOut();
    std::swap(output.width, output.height);
    for (Rect& box : output.boxes)
        turn(box);
    for (Rect& cluster : output.clusters)
        turn(cluster);
    for (std::size_t e = 0; e < input.edges.size(); ++e)
        drawPlain(input, e, output);
    return output;
}

} // namespace gatehouse::layout
