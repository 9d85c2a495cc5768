#include "model/graph/namespace_selection.h"

namespace gatehouse::model {

bool NamespaceSelectionCache::selects(const NamespaceSelection& selection, const std::string& home,
                                      const std::string& namespace_)
{
    switch (selection.from) {
    case FromNamespaces::All:
        return true;
    case FromNamespaces::None:
        return false;
    case FromNamespaces::Same:
        return home == namespace_;
    case FromNamespaces::Selector:
        break;
    }
    // A selector that is absent matches nothing, an empty one everything: metav1.LabelSelector.
    if (!selection.selector)
        return false;
    auto& answers = answers_[&selection];
    const auto [it, isNew] = answers.try_emplace(namespace_, false);
    if (isNew)
        it->second = selection.selector->matches(labelsOf(namespace_));
    return it->second;
}

const std::map<std::string, std::string>& NamespaceSelectionCache::labelsOf(const std::string& namespace_)
{
    const auto it = labels_.find(namespace_);
    if (it != labels_.end())
        return it->second;
    return labels_.emplace(namespace_, resources_.namespaceLabels(namespace_)).first->second;
}

std::string selectionAdvice(const NamespaceSelection& selection, std::string_view fieldPath,
                            std::string_view namespace_)
{
    const std::string from = std::string(fieldPath) + ".from";
    if (selection.from != FromNamespaces::Selector)
        return "set " + from + " to All, or to Selector with labels of namespace " + std::string(namespace_);
    return "give namespace " + std::string(namespace_) + " the labels of " + std::string(fieldPath) +
           ".selector, or set " + from + " to All";
}

} // namespace gatehouse::model
