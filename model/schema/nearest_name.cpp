#include "model/schema/nearest_name.h"

#include <algorithm>
#include <cctype>
#include <cstddef>

namespace gatehouse::model {
namespace {

char lower(char c)
{
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

/// Damerau's distance in its restricted form: insert, delete, replace, or swap two neighbours.
std::size_t editDistance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> twoAbove, above(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        above[j] = j;
    twoAbove = above;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const bool same = lower(a[i - 1]) == lower(b[j - 1]);
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (same ? 0u : 1u)});
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]))
                row[j] = std::min(row[j], twoAbove[j - 2] + 1);
        }
        twoAbove = above;
        above = row;
    }
    return above[b.size()];
}

} // namespace

std::string_view nearestName(std::string_view word, const std::vector<std::string_view>& candidates)
{
    constexpr std::size_t farthest = 3;
    constexpr std::size_t longestWord = 64; // names are short; a hostile one must not cost quadratic time
    if (word.size() > longestWord)
        return {};
    std::string_view best;
    std::size_t bestDistance = std::min(farthest, (word.size() - (word.empty() ? 0 : 1)) / 2) + 1;
    for (const std::string_view candidate : candidates) {
        const std::size_t gap =
            candidate.size() > word.size() ? candidate.size() - word.size() : word.size() - candidate.size();
        if (gap >= bestDistance)
            continue;
        if (const std::size_t distance = editDistance(word, candidate); distance < bestDistance) {
            bestDistance = distance;
            best = candidate;
        }
    }
    return best;
}

} // namespace gatehouse::model
