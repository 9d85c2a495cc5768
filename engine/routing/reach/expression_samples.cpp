#include "engine/routing/reach/expression_samples.h"

#include <algorithm>
#include <bitset>
#include <charconv>
#include <optional>
#include <re2/re2.h>

namespace gatehouse::routing {
namespace {

using Texts = std::vector<std::string>;
using CharSet = std::bitset<256>;

constexpr std::size_t mostTexts = 24, mostBytes = 256, mostDepth = 32, mostRepeats = 16;

/// What stands for a set of characters: ordinary ones first, so that samples read well and differ in kind.
constexpr std::string_view preferred = "x1A/-_.: ~";

void add(Texts& texts, std::string text)
{
    if (texts.size() < mostTexts && text.size() <= mostBytes &&
        std::find(texts.begin(), texts.end(), text) == texts.end())
        texts.push_back(std::move(text));
}

/// Each with each, the front ones of both first, so that the bound leaves some of every kind.
Texts joined(const Texts& left, const Texts& right)
{
    Texts texts;
    for (std::size_t sum = 0; sum < left.size() + right.size(); ++sum)
        for (std::size_t i = 0; i <= sum && i < left.size(); ++i)
            if (sum - i < right.size())
                add(texts, left[i] + right[sum - i]);
    return texts;
}

CharSet range(unsigned char from, unsigned char to)
{
    CharSet set;
    for (unsigned c = from; c <= to; ++c)
        set.set(c);
    return set;
}

/// Reads an expression by recursive descent and makes samples of every part. A part that it does not know fails the
/// whole: nullopt.
class Sampler {
public:
    Sampler(std::string_view expression, const Texts& fillers) : rest_(expression), fillers_(fillers) {}

    std::optional<Texts> run()
    {
        auto texts = alternation(0);
        return texts && rest_.empty() ? texts : std::nullopt;
    }

private:
    bool take(std::string_view text)
    {
        if (!rest_.starts_with(text))
            return false;
        rest_.remove_prefix(text.size());
        return true;
    }

    std::optional<Texts> alternation(std::size_t depth)
    {
        if (depth > mostDepth)
            return std::nullopt;
        Texts all;
        do {
            const auto some = sequence(depth);
            if (!some)
                return std::nullopt;
            for (const std::string& text : *some)
                add(all, text);
        } while (take("|"));
        return all;
    }

    std::optional<Texts> sequence(std::size_t depth)
    {
        Texts texts{""};
        while (!rest_.empty() && rest_.front() != '|' && rest_.front() != ')') {
            anything_ = false;
            auto part = atom(depth);
            if (!part)
                return std::nullopt;
            auto repeated = repetition(std::move(*part));
            if (!repeated)
                return std::nullopt;
            texts = joined(texts, *repeated);
        }
        return texts;
    }

    std::optional<Texts> atom(std::size_t depth)
    {
        if (take("^") || take("$"))
            return Texts{""};
        if (take("(")) {
            if (!openGroup())
                return std::nullopt;
            auto inside = alternation(depth + 1);
            anything_ = false;
            return inside && take(")") ? inside : std::nullopt;
        }
        if (take(".")) {
            anything_ = true;
            return membersOf(~CharSet{});
        }
        if (take("["))
            return characterClass();
        if (take("\\"))
            return escape();
        if (std::string_view("*+?{").find(rest_.front()) != std::string_view::npos)
            return std::nullopt;
        std::string one(1, rest_.front());
        rest_.remove_prefix(1);
        return Texts{std::move(one)};
    }

    /// Behind "(": a name or flags, which play no part in a sample.
    bool openGroup()
    {
        if (!take("?"))
            return true;
        if (take("P<") || take("<")) {
            const std::size_t end = rest_.find('>');
            if (end == std::string_view::npos)
                return false;
            rest_.remove_prefix(end + 1);
            return true;
        }
        while (!rest_.empty() && std::string_view("imsU-").find(rest_.front()) != std::string_view::npos)
            rest_.remove_prefix(1);
        return take(":") || rest_.starts_with(')');
    }

    static Texts membersOf(const CharSet& set)
    {
        Texts texts;
        for (const char c : preferred)
            if (set.test(static_cast<unsigned char>(c)))
                add(texts, std::string(1, c));
        for (unsigned c = ' ' + 1; c < 127 && texts.size() < 3; ++c)
            if (set.test(c))
                add(texts, std::string(1, static_cast<char>(c)));
        return texts;
    }

    /// The set of an escape like \d; nullopt for others.
    static std::optional<CharSet> escapedSet(char c)
    {
        const CharSet digits = range('0', '9');
        const CharSet words = digits | range('a', 'z') | range('A', 'Z') | range('_', '_');
        const CharSet spaces = range('\t', '\r') | range(' ', ' ');
        switch (c) {
        case 'd':
            return digits;
        case 'D':
            return ~digits;
        case 'w':
            return words;
        case 'W':
            return ~words;
        case 's':
            return spaces;
        case 'S':
            return ~spaces;
        default:
            return std::nullopt;
        }
    }

    std::optional<Texts> escape()
    {
        if (rest_.empty())
            return std::nullopt;
        const char c = rest_.front();
        rest_.remove_prefix(1);
        if (const auto set = escapedSet(c))
            return membersOf(*set);
        if (std::string_view("bAzBE").find(c) != std::string_view::npos)
            return Texts{""};
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
            return std::nullopt; // \x41, \pL, \Q and their like
        return Texts{std::string(1, c)};
    }

    std::optional<Texts> characterClass()
    {
        const bool negated = take("^");
        CharSet set;
        for (bool first = true; first || !rest_.starts_with(']'); first = false) {
            if (rest_.empty())
                return std::nullopt;
            if (rest_.starts_with("[:")) {
                if (!namedSet(set))
                    return std::nullopt;
                continue;
            }
            const auto low = classCharacter(set);
            if (!low)
                return std::nullopt;
            if (*low < 0) // a set like \d, which is added already
                continue;
            int high = *low;
            if (rest_.size() > 1 && rest_[0] == '-' && rest_[1] != ']') {
                rest_.remove_prefix(1);
                const auto end = classCharacter(set);
                if (!end || *end < *low)
                    return std::nullopt;
                high = *end;
            }
            set |= range(static_cast<unsigned char>(*low), static_cast<unsigned char>(high));
        }
        rest_.remove_prefix(1);
        return membersOf(negated ? ~set : set);
    }

    /// "[:digit:]" and the like, added to `set`.
    bool namedSet(CharSet& set)
    {
        const CharSet digits = range('0', '9'), lower = range('a', 'z'), upper = range('A', 'Z');
        const std::pair<std::string_view, CharSet> sets[] = {{"[:digit:]", digits},
                                                             {"[:lower:]", lower},
                                                             {"[:upper:]", upper},
                                                             {"[:alpha:]", lower | upper},
                                                             {"[:alnum:]", lower | upper | digits},
                                                             {"[:word:]", lower | upper | digits | range('_', '_')},
                                                             {"[:xdigit:]", digits | range('a', 'f') | range('A', 'F')},
                                                             {"[:space:]", range('\t', '\r') | range(' ', ' ')}};
        for (const auto& [name, members] : sets)
            if (take(name)) {
                set |= members;
                return true;
            }
        return false;
    }

    /// The next character of a class; -1 for a set, which goes into `set`.
    std::optional<int> classCharacter(CharSet& set)
    {
        if (rest_.empty())
            return std::nullopt;
        const bool escaped = take("\\") && !rest_.empty();
        if (rest_.empty())
            return std::nullopt;
        const char c = rest_.front();
        rest_.remove_prefix(1);
        if (!escaped)
            return static_cast<unsigned char>(c);
        if (const auto more = escapedSet(c)) {
            set |= *more;
            return -1;
        }
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
            return std::nullopt;
        return static_cast<unsigned char>(c);
    }

    std::optional<Texts> repetition(Texts once)
    {
        std::size_t least = 1, most = 1;
        if (take("*")) {
            least = 0, most = mostRepeats;
        } else if (take("+")) {
            most = mostRepeats;
        } else if (take("?")) {
            least = 0;
        } else if (take("{")) {
            if (!bounds(least, most))
                return std::nullopt;
        } else {
            return once;
        }
        take("?"); // lazy: what it matches is the same
        if (least > mostRepeats)
            return std::nullopt;
        return repeated(once, least, most);
    }

    bool bounds(std::size_t& least, std::size_t& most)
    {
        const std::size_t end = rest_.find('}');
        if (end == std::string_view::npos)
            return false;
        const std::string_view text = rest_.substr(0, end);
        rest_.remove_prefix(end + 1);
        const auto number = [](std::string_view digits, std::size_t& n) {
            const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), n);
            return error == std::errc() && stop == digits.data() + digits.size();
        };
        const std::size_t comma = text.find(',');
        if (!number(text.substr(0, comma), least))
            return false;
        most = comma == std::string_view::npos ? least : mostRepeats;
        return comma == std::string_view::npos || comma + 1 == text.size() || number(text.substr(comma + 1), most);
    }

    Texts repeated(const Texts& once, std::size_t least, std::size_t most) const
    {
        Texts front{""};
        for (std::size_t i = 0; i < least; ++i)
            front = i == 0 ? once : joined(front, {once.front()});
        Texts texts = front;
        if (anything_)
            for (const std::string& filler : fillers_)
                if (filler.size() >= least && filler.size() <= most)
                    add(texts, filler);
        for (std::size_t i = least; i < std::min(most, least + 2); ++i) {
            front = joined(front, once);
            for (const std::string& text : front)
                add(texts, text);
        }
        return texts;
    }

    std::string_view rest_;
    const Texts& fillers_;
    bool anything_ = false; ///< the last part is a dot
};

} // namespace

std::vector<std::string> expressionSamples(std::string_view expression, const std::vector<std::string>& fillers)
{
    Texts texts = Sampler(expression, fillers).run().value_or(Texts{});
    std::stable_sort(texts.begin(), texts.end(),
                     [](const std::string& a, const std::string& b) { return a.size() < b.size(); });
    return texts;
}

std::vector<std::string> matchingSamples(std::string_view expression, const std::vector<std::string>& fillers)
{
    re2::RE2::Options quiet;
    quiet.set_log_errors(false);
    const re2::RE2 regex(re2::StringPiece(expression.data(), expression.size()), quiet);
    std::vector<std::string> texts;
    if (regex.ok())
        texts = expressionSamples(expression, fillers);
    std::erase_if(texts, [&](const std::string& text) { return !re2::RE2::FullMatch(text, regex); });
    return texts;
}

} // namespace gatehouse::routing
