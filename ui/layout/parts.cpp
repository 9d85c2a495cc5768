#include "ui/layout/parts.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace gatehouse::layout {
namespace {

/// Width to height that the whole should have: that of a window's middle.
constexpr double wantedAspect = 1.5;
constexpr double partGap = 36;

/// Union-find over boxes, clusters behind them.
class Groups {
public:
    explicit Groups(std::size_t count) : parent_(count) { std::iota(parent_.begin(), parent_.end(), 0u); }

    std::uint32_t find(std::uint32_t i)
    {
        while (parent_[i] != i)
            i = parent_[i] = parent_[parent_[i]];
        return i;
    }

    void unite(std::uint32_t a, std::uint32_t b) { parent_[std::max(find(a), find(b))] = std::min(find(a), find(b)); }

private:
    std::vector<std::uint32_t> parent_;
};

void shift(Rect& rect, double dx, double dy)
{
    rect.x += dx;
    rect.y += dy;
}

void shift(Point& point, double dx, double dy)
{
    point.x += dx;
    point.y += dy;
}

} // namespace

std::vector<Part> split(const Input& input)
{
    const auto boxes = static_cast<std::uint32_t>(input.boxes.size());
    Groups groups(boxes + input.clusters.size());
    for (std::uint32_t b = 0; b < boxes; ++b) {
        if (input.boxes[b].cluster >= 0)
            groups.unite(b, boxes + static_cast<std::uint32_t>(input.boxes[b].cluster));
    }
    for (const Edge& edge : input.edges) {
        if (!edge.loose)
            groups.unite(edge.from, edge.to);
    }

    std::vector<Part> parts;
    std::vector<std::int32_t> partOf(boxes + input.clusters.size(), -1);
    std::vector<std::uint32_t> placeOf(boxes + input.clusters.size(), 0);
    const auto partAt = [&](std::uint32_t member) -> Part& {
        std::int32_t& part = partOf[groups.find(member)];
        if (part < 0) {
            part = static_cast<std::int32_t>(parts.size());
            Part& made = parts.emplace_back();
            made.input.direction = input.direction;
            made.input.columnGap = input.columnGap;
            made.input.boxGap = input.boxGap;
        }
        return parts[static_cast<std::size_t>(part)];
    };
    for (std::uint32_t b = 0; b < boxes; ++b) {
        Part& part = partAt(b);
        Box box = input.boxes[b];
        if (box.cluster >= 0) {
            const auto cluster = static_cast<std::uint32_t>(box.cluster);
            auto known = std::find(part.clusters.begin(), part.clusters.end(), cluster);
            if (known == part.clusters.end()) {
                part.input.clusters.push_back(input.clusters[cluster]);
                known = part.clusters.insert(part.clusters.end(), cluster);
            }
            box.cluster = static_cast<std::int32_t>(known - part.clusters.begin());
        }
        placeOf[b] = static_cast<std::uint32_t>(part.boxes.size());
        part.boxes.push_back(b);
        part.input.boxes.push_back(std::move(box));
    }
    for (std::uint32_t e = 0; e < input.edges.size(); ++e) {
        Edge edge = input.edges[e];
        if (edge.loose)
            continue;
        Part& part = partAt(edge.from);
        edge.from = placeOf[edge.from];
        edge.to = placeOf[edge.to];
        part.edges.push_back(e);
        part.input.edges.push_back(edge);
    }
    return parts;
}

Output join(const Input& input, const std::vector<Part>& parts, const std::vector<Output>& outputs)
{
    double area = 0, widest = 0;
    for (const Output& output : outputs) {
        area += (output.width + partGap) * (output.height + partGap);
        widest = std::max(widest, output.width);
    }
    const double rowWidth = std::max(widest, std::sqrt(area * wantedAspect));

    Output all;
    all.boxes.resize(input.boxes.size());
    all.curves.resize(input.edges.size());
    all.clusters.resize(input.clusters.size());
    double x = 0, y = 0, rowHeight = 0;
    for (std::size_t p = 0; p < parts.size(); ++p) {
        const Part& part = parts[p];
        const Output& output = outputs[p];
        if (x > 0 && x + output.width > rowWidth) {
            y += rowHeight + partGap;
            x = rowHeight = 0;
        }
        for (std::size_t i = 0; i < part.boxes.size(); ++i)
            shift(all.boxes[part.boxes[i]] = output.boxes[i], x, y);
        for (std::size_t i = 0; i < part.clusters.size(); ++i)
            shift(all.clusters[part.clusters[i]] = output.clusters[i], x, y);
        for (std::size_t i = 0; i < part.edges.size(); ++i) {
            Curve& curve = all.curves[part.edges[i]] = output.curves[i];
            shift(curve.label, x, y);
            for (Point& point : curve.points)
                shift(point, x, y);
        }
        all.width = std::max(all.width, x + output.width);
        all.height = std::max(all.height, y + output.height);
        rowHeight = std::max(rowHeight, output.height);
        x += output.width + partGap;
    }
    return all;
}

} // namespace gatehouse::layout
