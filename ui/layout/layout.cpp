#include "ui/layout/layout.h"

#include "ui/layout/blocks.h"
#include "ui/layout/graphviz.h"
#include "ui/layout/parts.h"

#include <algorithm>
#include <cmath>

namespace gatehouse::layout {
namespace {

/// More boxes than this are laid out as blocks: dot took minutes for 5,000 in 100 clusters with edges between them.
constexpr std::size_t mostForGraphviz = 500;
constexpr double pointsPerInch = 72;
/// Around the boxes of a cluster; and between clusters, which dot itself would draw edge to edge.
constexpr int clusterPadding = 18;
constexpr int clusterGap = 10;

std::string number(double value)
{
    return std::to_string(static_cast<long>(std::ceil(value)));
}

void set(void* object, const char* name, const std::string& value)
{
    // cgraph takes char* but only reads it.
    agsafeset(object, const_cast<char*>(name), const_cast<char*>(value.c_str()), const_cast<char*>(""));
}

void setHtml(Agraph_t* root, void* object, const char* name, std::string html)
{
    char* text = agstrdup_html(root, html.data());
    agsafeset(object, const_cast<char*>(name), text, const_cast<char*>(""));
    agstrfree(root, text);
}

std::string cell(double width, double height, const std::string& port = {})
{
    return "<TR><TD FIXEDSIZE=\"TRUE\" WIDTH=\"" + number(width) + "\" HEIGHT=\"" + number(height) + "\"" +
           (port.empty() ? "" : " PORT=\"" + port + "\"") + "></TD></TR>";
}

std::string table(const std::string& rows)
{
    return "<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"0\">" + rows + "</TABLE>";
}

/// Builds the graph, in the order of the input so that Graphviz sees the same graph every time.
class Builder {
public:
    explicit Builder(const Input& input)
        : input_(input), graph_(agopen(const_cast<char*>("topology"), Agdirected, nullptr))
    {
        setGraphAttributes();
        addClusters();
        addBoxes();
        addEdges();
        addColumnHints();
    }

    [[nodiscard]] Agraph_t* graph() const { return graph_.get(); }
    [[nodiscard]] const std::vector<Agnode_t*>& nodes() const { return nodes_; }
    [[nodiscard]] const std::vector<Agedge_t*>& edges() const { return edges_; }
    [[nodiscard]] const std::vector<Agraph_t*>& clusters() const { return clusters_; }

private:
    bool leftRight() const { return input_.direction == Direction::LeftRight; }

    void setGraphAttributes()
    {
        Agraph_t* g = graph_.get();
        set(g, "rankdir", leftRight() ? "LR" : "TB");
        set(g, "ranksep", std::to_string(input_.columnGap / pointsPerInch));
        set(g, "nodesep", std::to_string(input_.boxGap / pointsPerInch));
        set(g, "splines", "spline");
        // Every attribute needs a default on its kind before it is set on one object.
        agattr(g, AGEDGE, const_cast<char*>("dir"), const_cast<char*>("none"));
        agattr(g, AGEDGE, const_cast<char*>("style"), const_cast<char*>(""));
        agattr(g, AGNODE, const_cast<char*>("label"), const_cast<char*>(""));
        agattr(g, AGNODE, const_cast<char*>("shape"), const_cast<char*>("box"));
        agattr(g, AGNODE, const_cast<char*>("fixedsize"), const_cast<char*>("true"));
        agattr(g, AGNODE, const_cast<char*>("width"), const_cast<char*>("1"));
        agattr(g, AGNODE, const_cast<char*>("height"), const_cast<char*>("1"));
    }

    void addClusters()
    {
        for (std::size_t i = 0; i < input_.clusters.size(); ++i) {
            std::string name = "cluster_" + std::to_string(i);
            Agraph_t* sub = agsubg(graph_.get(), name.data(), 1);
            const Cluster& cluster = input_.clusters[i];
            set(sub, "margin", std::to_string(clusterPadding + clusterGap));
            set(sub, "labeljust", "l");
            if (cluster.titleHeight > 0)
                setHtml(graph_.get(), sub, "label", table(cell(cluster.titleWidth, cluster.titleHeight)));
            clusters_.push_back(sub);
        }
    }

    void addBoxes()
    {
        for (std::size_t i = 0; i < input_.boxes.size(); ++i) {
            const Box& box = input_.boxes[i];
            std::string name = "n" + std::to_string(i);
            Agraph_t* home = box.cluster >= 0 ? clusters_[static_cast<std::size_t>(box.cluster)] : graph_.get();
            Agnode_t* node = agnode(home, name.data(), 1);
            nodes_.push_back(node);
            if (leftRight() && !box.ports.empty()) {
                set(node, "shape", "plain"); // as large as its label
                set(node, "fixedsize", "false");
                set(node, "width", "0");
                set(node, "height", "0");
                setHtml(graph_.get(), node, "label", portTable(box));
            } else {
                set(node, "width", std::to_string(std::ceil(box.width) / pointsPerInch));
                set(node, "height", std::to_string(std::ceil(box.height) / pointsPerInch));
            }
        }
    }

    /// A column of cells as high as the box' rows: Graphviz then orders the edges of a box by the rows they start from.
    static std::string portTable(const Box& box)
    {
        std::string rows;
        double y = 0;
        for (std::size_t p = 0; p < box.ports.size(); ++p) {
            const PortRow& port = box.ports[p];
            if (port.top > y)
                rows += cell(box.width, port.top - y);
            rows += cell(box.width, port.height, "p" + std::to_string(p));
            y = port.top + port.height;
        }
        if (box.height > y)
            rows += cell(box.width, box.height - y);
        return table(rows);
    }

    void addEdges()
    {
        for (std::size_t i = 0; i < input_.edges.size(); ++i) {
            const Edge& edge = input_.edges[i];
            std::string name = "e" + std::to_string(i);
            Agedge_t* made = agedge(graph_.get(), nodes_[edge.from], nodes_[edge.to], name.data(), 1);
            edges_.push_back(made);
            const std::string side = leftRight() ? "e" : "s";
            const bool port = leftRight() && edge.fromPort >= 0;
            set(made, "tailport", port ? "p" + std::to_string(edge.fromPort) + ":" + side : side);
            set(made, "headport", leftRight() ? "w" : "n");
            if (edge.labelWidth > 0)
                setHtml(graph_.get(), made, "label", table(cell(edge.labelWidth, edge.labelHeight)));
        }
    }

    /// A box that nothing leads to would stand in the first column. An invisible edge from an anchor pushes it to the
    /// column of its kind.
    void addColumnHints()
    {
        std::vector<bool> reached(input_.boxes.size(), false);
        for (const Edge& edge : input_.edges)
            reached[edge.to] = true;
        for (std::size_t i = 0; i < input_.boxes.size(); ++i) {
            if (!reached[i] && input_.boxes[i].column > 0)
                hint(anchor(), nodes_[i], input_.boxes[i].column);
        }
    }

    Agnode_t* anchor()
    {
        if (!anchor_) {
            anchor_ = agnode(graph_.get(), const_cast<char*>("anchor"), 1);
            set(anchor_, "width", "0.01");
            set(anchor_, "height", "0.01");
            set(anchor_, "style", "invis");
        }
        return anchor_;
    }

    /// `to` shall stand at least so many columns behind `from`.
    void hint(Agnode_t* from, Agnode_t* to, std::uint32_t columns)
    {
        std::string name = "h" + std::to_string(hints_++);
        Agedge_t* edge = agedge(graph_.get(), from, to, name.data(), 1);
        set(edge, "style", "invis");
        set(edge, "weight", "0");
        set(edge, "minlen", std::to_string(columns));
    }

    const Input& input_;
    GraphPtr graph_;
    std::vector<Agraph_t*> clusters_;
    std::vector<Agnode_t*> nodes_;
    std::vector<Agedge_t*> edges_;
    Agnode_t* anchor_ = nullptr; ///< made when the first hint needs it
    std::size_t hints_ = 0;
};

Rect inset(const Rect& rect, double by)
{
    return {rect.x + by, rect.y + by, rect.width - 2 * by, rect.height - 2 * by};
}

Output read(const Input& input, const Builder& built)
{
    const boxf page = GD_bb(built.graph());
    const auto flip = [&](pointf p) { return Point{p.x - page.LL.x, page.UR.y - p.y}; };
    const auto rect = [&](boxf b) {
        return Rect{b.LL.x - page.LL.x, page.UR.y - b.UR.y, b.UR.x - b.LL.x, b.UR.y - b.LL.y};
    };

    Output out;
    out.width = page.UR.x - page.LL.x;
    out.height = page.UR.y - page.LL.y;
    for (std::size_t i = 0; i < input.boxes.size(); ++i) {
        const Box& box = input.boxes[i];
        const Point center = flip(ND_coord(built.nodes()[i]));
        out.boxes.push_back({center.x - box.width / 2, center.y - box.height / 2, box.width, box.height});
    }
    for (Agedge_t* edge : built.edges()) {
        Curve curve;
        if (const splines* spline = ED_spl(edge); spline && spline->size > 0) {
            const bezier& first = spline->list[0];
            for (int p = 0; p < first.size; ++p)
                curve.points.push_back(flip(first.list[p]));
        }
        if (const textlabel_t* label = ED_label(edge); label && label->set)
            curve.label = flip(label->pos);
        else if (!curve.points.empty())
            curve.label = curve.points[curve.points.size() / 2];
        out.curves.push_back(std::move(curve));
    }
    std::vector<bool> used(input.clusters.size(), false);
    for (const Box& box : input.boxes) {
        if (box.cluster >= 0)
            used[static_cast<std::size_t>(box.cluster)] = true;
    }
    for (std::size_t i = 0; i < input.clusters.size(); ++i)
        out.clusters.push_back(used[i] ? inset(rect(GD_bb(built.clusters()[i])), clusterGap) : Rect{});
    return out;
}

std::string findFault(const Input& input)
{
    const auto boxes = input.boxes.size();
    for (const Box& box : input.boxes) {
        if (box.cluster >= static_cast<std::int32_t>(input.clusters.size()))
            return "a box names a cluster that is not there";
        if (!(box.width > 0 && box.height > 0))
            return "a box has no size";
    }
    for (const Edge& edge : input.edges) {
        if (edge.from >= boxes || edge.to >= boxes)
            return "an edge names a box that is not there";
        if (edge.fromPort >= static_cast<std::int32_t>(input.boxes[edge.from].ports.size()))
            return "an edge names a port that is not there";
    }
    return {};
}

} // namespace

model::Result<Output, std::string> layOut(const Input& input)
{
    if (std::string fault = findFault(input); !fault.empty())
        return model::Unexpected{fault};
    if (input.boxes.empty())
        return Output{{}, std::vector<Curve>(input.edges.size()), std::vector<Rect>(input.clusters.size()), 0, 0};

    const bool spread = std::any_of(input.boxes.begin(), input.boxes.end(), [](const Box& box) { return box.spread; });
    if (spread || input.boxes.size() > mostForGraphviz)
        return layOutBlocks(input);

    const GraphvizSession session(Plugins::Layout);
    const std::vector<Part> parts = split(input);
    std::vector<Output> outputs;
    for (const Part& part : parts) {
        const Builder built(part.input);
        if (gvLayout(session.context(), built.graph(), "dot") != 0)
            return model::Unexpected{session.complaint("Graphviz could not lay the topology out")};
        outputs.push_back(read(part.input, built));
        gvFreeLayout(session.context(), built.graph());
    }
    Output all = join(input, parts, outputs);
    // Loose edges say nothing about places, and Graphviz (2.43) crashes on labelled edges inside of a rank.
    for (std::size_t e = 0; e < input.edges.size(); ++e) {
        if (input.edges[e].loose)
            drawPlain(input, e, all);
    }
    return all;
}

} // namespace gatehouse::layout
