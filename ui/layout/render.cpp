#include "ui/layout/render.h"

#include "ui/layout/graphviz.h"

#include <graphviz/graphviz_version.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace gatehouse::layout {

model::Result<std::string, std::string> render(const std::string& dotText, const std::string& format)
{
    constexpr std::array<std::string_view, 3> known{"svg", "png", "pdf"};
    if (std::find(known.begin(), known.end(), format) == known.end())
        return model::Unexpected{"unknown format '" + format + "'; expected svg, png or pdf"};

    const GraphvizSession session(Plugins::LayoutAndRenderers);
    const GraphPtr graph(agmemread(dotText.c_str()));
    if (!graph)
        return model::Unexpected{session.complaint("the text is no DOT graph")};
    if (gvLayout(session.context(), graph.get(), "dot") != 0)
        return model::Unexpected{session.complaint("Graphviz could not lay the graph out")};

    char* bytes = nullptr;
    unsigned int length = 0;
    const int failed = gvRenderData(session.context(), graph.get(), format.c_str(), &bytes, &length);
    std::string out;
    if (failed == 0 && bytes)
        out.assign(bytes, length);
    gvFreeRenderData(bytes);
    gvFreeLayout(session.context(), graph.get());
    if (out.empty())
        return model::Unexpected{session.complaint("this Graphviz cannot write that format")};
    return out;
}

std::string graphvizVersion()
{
    return PACKAGE_VERSION;
}

} // namespace gatehouse::layout
