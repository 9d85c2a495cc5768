#include "ui/document/fuzzy.h"

#include <algorithm>

namespace gatehouse::ui {
namespace {

// The proportions are those of fzf: a boundary is worth half a letter, a gap is dear to open and cheap to prolong.
constexpr int letterScore = 16;
constexpr int partBonus = 8; ///< a letter that begins a part
constexpr int humpBonus = 7; ///< a capital after a small letter, a digit after a letter
/// A letter beside the one before. A run that begins a part has to beat letters that each begin one.
constexpr int followBonus = 6;
constexpr int gapOpen = 3;
constexpr int gapMore = 1;
constexpr int wholeBonus = 12;   ///< nothing is left of the text
constexpr int leftoverShare = 4; ///< so many characters left over cost one
constexpr int mostLeftover = 60;
constexpr int never = -100'000;

bool isLetter(QChar c)
{
    return c.isLetterOrNumber();
}

/// What a letter at `at` is worth for its place alone.
int placeBonus(QStringView text, qsizetype at)
{
    if (at == 0 || !isLetter(text[at - 1]))
        return isLetter(text[at]) ? partBonus : 0;
    const QChar before = text[at - 1], here = text[at];
    const bool hump = (before.isLower() && here.isUpper()) || (before.isLetter() && here.isDigit());
    // The last capital of a run begins the next word: the R of HTTPRoute.
    const bool newWord = before.isUpper() && here.isUpper() && at + 1 < text.size() && text[at + 1].isLower();
    return hump || newWord ? humpBonus : 0;
}

bool holdsInOrder(QStringView word, QStringView lower)
{
    qsizetype at = 0;
    for (const QChar c : word) {
        at = lower.indexOf(c, at);
        if (at < 0)
            return false;
        ++at;
    }
    return true;
}

/// The best places of one word: for every letter of the word a row of the best score that ends at each character, and
/// the column that the letter before had then.
class WordTable {
public:
    WordTable(QStringView word, QStringView text, QStringView lower)
        : width_(static_cast<std::size_t>(text.size())), height_(static_cast<std::size_t>(word.size())),
          score_(width_ * height_, never), from_(width_ * height_, -1)
    {
        for (std::size_t row = 0; row < height_; ++row)
            fill(row, word[static_cast<qsizetype>(row)], text, lower);
    }

    /// Adds the places of the best way to `positions` and returns its score.
    int best(std::vector<int>& positions) const
    {
        const auto last = score_.end() - static_cast<std::ptrdiff_t>(width_);
        auto column = static_cast<int>(std::max_element(last, score_.end()) - last);
        const int score = last[column];
        for (std::size_t row = height_; row-- > 0;) {
            positions.push_back(column);
            column = from_[row * width_ + static_cast<std::size_t>(column)];
        }
        return score;
    }

private:
    void fill(std::size_t row, QChar letter, QStringView text, QStringView lower)
    {
        int gapScore = never; // the best way to come here over a gap, and from which column
        int gapFrom = -1;
        for (std::size_t column = 0; column < width_; ++column) {
            if (row > 0 && column >= 2) {
                const int opened = at(row - 1, column - 2) - gapOpen;
                gapScore -= gapMore;
                if (opened > gapScore) {
                    gapScore = opened;
                    gapFrom = static_cast<int>(column) - 2;
                }
            }
            const auto place = static_cast<qsizetype>(column);
            if (lower[place] != letter)
                continue;
            const int own = letterScore + placeBonus(text, place);
            int score = row == 0 ? own : gapScore > never / 2 ? gapScore + own : never;
            int from = row == 0 ? -1 : gapFrom;
            if (row > 0 && column > 0 && at(row - 1, column - 1) > never / 2) {
                const int beside = at(row - 1, column - 1) + own + followBonus;
                if (beside >= score) {
                    score = beside;
                    from = static_cast<int>(column) - 1;
                }
            }
            score_[row * width_ + column] = score;
            from_[row * width_ + column] = from;
        }
    }

    [[nodiscard]] int at(std::size_t row, std::size_t column) const { return score_[row * width_ + column]; }

    std::size_t width_, height_;
    std::vector<int> score_, from_;
};

} // namespace

FuzzyQuery::FuzzyQuery(QStringView typed)
    : words_(typed.toString().toLower().split(QLatin1Char(' '), Qt::SkipEmptyParts))
{
}

std::optional<FuzzyMatch> FuzzyQuery::match(QStringView text) const
{
    FuzzyMatch found;
    if (words_.isEmpty())
        return found;
    // Lower case letter by letter: the positions have to be those of the text.
    QString lower(text.size(), Qt::Uninitialized);
    std::transform(text.begin(), text.end(), lower.begin(), [](QChar c) { return c.toLower(); });
    for (const QString& word : words_) {
        if (!holdsInOrder(word, lower))
            return std::nullopt;
    }
    for (const QString& word : words_)
        found.score += WordTable(word, text, lower).best(found.positions);
    std::sort(found.positions.begin(), found.positions.end());
    found.positions.erase(std::unique(found.positions.begin(), found.positions.end()), found.positions.end());
    const int leftOver = static_cast<int>(text.size()) - static_cast<int>(found.positions.size());
    found.score += leftOver == 0 ? wholeBonus : -std::min(leftOver, mostLeftover) / leftoverShare;
    return found;
}

} // namespace gatehouse::ui
