#include "ui/layout/graphviz.h"

#include <dlfcn.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <vector>

namespace gatehouse::layout {
namespace {

std::mutex& processLock()
{
    static std::mutex lock;
    return lock;
}

/// Guarded by processLock(), as Graphviz' callback takes no argument of ours.
std::string& complaints()
{
    static std::string text;
    return text;
}

int collect(char* text)
{
    complaints() += text;
    return 0;
}

std::filesystem::path pluginFolder()
{
    const char* chosen = std::getenv("GVBINDIR"); // the variable that Graphviz itself reads
    return chosen ? chosen : GATEHOUSE_GRAPHVIZ_PLUGINS;
}

/// Opens one plugin by name, whatever version number its file carries. Null when this installation lacks it.
gvplugin_library_t* openPlugin(const std::string& name)
{
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(pluginFolder(), error)) {
        const std::string file = entry.path().filename().string();
        if (!file.starts_with("libgvplugin_" + name + "."))
            continue;
        // Never closed: Graphviz keeps pointers into a plugin for good.
        if (void* handle = dlopen(entry.path().c_str(), RTLD_NOW | RTLD_LOCAL)) {
            if (void* symbol = dlsym(handle, ("gvplugin_" + name + "_LTX_library").c_str()))
                return static_cast<gvplugin_library_t*>(symbol);
        }
    }
    return nullptr;
}

/// A list of plugins as Graphviz takes it: ended by an empty entry; lives as long as the process.
std::vector<lt_symlist_t> openPlugins(const std::vector<std::string>& names)
{
    std::vector<lt_symlist_t> list;
    for (const std::string& name : names) {
        gvplugin_library_t* library = openPlugin(name);
        if (!library)
            return {};
        // Of the name only the first letter and this ending are looked at.
        list.push_back({"gvplugin_LTX_library", library});
    }
    list.push_back({nullptr, nullptr});
    return list;
}

/// The plugins are handed over as if they were linked in: adding them later would leave the text measuring unset.
GVC_t* makeContext(Plugins plugins)
{
    const auto& list = [&]() -> const std::vector<lt_symlist_t>& {
        static const std::vector<lt_symlist_t> layout = openPlugins({"dot_layout"});
        if (plugins == Plugins::Layout)
            return layout;
        static const std::vector<lt_symlist_t> all = openPlugins({"dot_layout", "core", "pango"});
        return all;
    }();
    if (list.empty())
        return gvContext(); // an unusual installation: let Graphviz search, slowly
    return gvContextPlugins(list.data(), 0);
}

} // namespace

GraphvizSession::GraphvizSession(Plugins plugins) : lock_(processLock())
{
    complaints().clear();
    agseterrf(collect);
    // One a process and kind, never freed: the pango plugin keeps pointers to the fonts of the context that it measured
    // for first, and reads them when it measures for another.
    static std::map<Plugins, GVC_t*> contexts;
    GVC_t*& context = contexts[plugins];
    if (!context)
        context = makeContext(plugins);
    context_ = context;
}

std::string GraphvizSession::complaint(const char* fallback)
{
    std::string text = complaints();
    while (!text.empty() && (text.back() == '\n' || text.back() == ' '))
        text.pop_back();
    return text.empty() ? fallback : text;
}

} // namespace gatehouse::layout
