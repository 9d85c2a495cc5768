#pragma once

#include <QString>
#include <QStringList>
#include <QStringView>

#include <optional>
#include <vector>

namespace gatehouse::ui {

/// Where a query was found in a text, and how well.
struct FuzzyMatch {
    int score = 0;              ///< the greater the better; comes from one query only: no scale across queries
    std::vector<int> positions; ///< of the characters that matched, ascending; what a list highlights
    bool operator==(const FuzzyMatch&) const = default;
};

/// What somebody typed to find something by a few of its letters. Every word of it has to be in a text, its letters in
/// their order, not necessarily side by side; words may come in any order. Case does not matter. Letters that begin a
/// part of the text ("team-a/shop", "HTTPRoute") or follow each other count for more, gaps and what is left over for
/// less. An empty query is in every text, with score 0. Thread: a value.
class FuzzyQuery {
public:
    FuzzyQuery() = default;
    explicit FuzzyQuery(QStringView typed);

    [[nodiscard]] bool empty() const { return words_.isEmpty(); }
    /// The best way in which `text` holds the query; nothing when it does not. Time: query times text.
    [[nodiscard]] std::optional<FuzzyMatch> match(QStringView text) const;

private:
    QStringList words_; ///< in lower case
};

} // namespace gatehouse::ui
