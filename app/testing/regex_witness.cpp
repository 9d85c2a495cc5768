#include "app/testing/regex_witness.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <charconv>

namespace gatehouse::testing {

namespace {

/// Characters that look like what paths and values hold, in the order in which they are tried for a class.
constexpr std::string_view favourites =
    "a0A-_/.~bcdefghijklmnopqrstuvwxyz123456789BCDEFGHIJKLMNOPQRSTUVWXYZ:,;=+!$&'()*@%? ";
constexpr unsigned mostRepeats = 64;

using Characters = std::bitset<256>;

void addRange(Characters& set, unsigned char first, unsigned char last)
{
    for (unsigned c = first; c <= last; ++c)
        set.set(c);
}

/// The classes \d, \w and \s, and those that are everything else; nullopt for other letters.
std::optional<Characters> shorthand(char letter)
{
    Characters set;
    switch (letter) {
    case 'd':
    case 'D':
        addRange(set, '0', '9');
        break;
    case 'w':
    case 'W':
        addRange(set, 'a', 'z'), addRange(set, 'A', 'Z'), addRange(set, '0', '9'), set.set('_');
        break;
    case 's':
    case 'S':
        for (const char c : {' ', '\t', '\n', '\f', '\r'})
            set.set(static_cast<unsigned char>(c));
        break;
    default:
        return std::nullopt;
    }
    return letter < 'a' ? ~set : set;
}

std::optional<Characters> namedClass(std::string_view name)
{
    Characters set;
    const bool alnum = name == "alnum" || name == "word";
    if (alnum || name == "alpha" || name == "lower")
        addRange(set, 'a', 'z');
    if (alnum || name == "alpha" || name == "upper")
        addRange(set, 'A', 'Z');
    if (alnum || name == "digit" || name == "xdigit")
        addRange(set, '0', '9');
    if (name == "xdigit")
        addRange(set, 'a', 'f');
    if (name == "word")
        set.set('_');
    return set.any() ? std::optional(set) : std::nullopt;
}

std::optional<char> pick(const Characters& set)
{
    for (const char c : favourites)
        if (set.test(static_cast<unsigned char>(c)))
            return c;
    return std::nullopt;
}

/// Reads an expression from left to right and writes what its first choices match. `broken_` once it is lost.
class Guess {
public:
    explicit Guess(std::string_view expression) : rest_(expression) {}

    std::optional<std::string> run()
    {
        std::string text = alternatives();
        return broken_ || !rest_.empty() ? std::nullopt : std::optional(std::move(text));
    }

private:
    /// The first of them; the others are read over.
    std::string alternatives()
    {
        if (++depth_ > 100)
            broken_ = true;
        std::string text = sequence();
        while (!broken_ && next('|'))
            static_cast<void>(sequence());
        --depth_;
        return text;
    }

    std::string sequence()
    {
        std::string text;
        while (!broken_ && !rest_.empty() && rest_.front() != '|' && rest_.front() != ')') {
            const std::string piece = atom();
            for (unsigned i = repeats(); i > 0; --i)
                text += piece;
        }
        return text;
    }

    bool next(char c)
    {
        if (rest_.empty() || rest_.front() != c)
            return false;
        rest_.remove_prefix(1);
        return true;
    }

    char take()
    {
        if (rest_.empty()) {
            broken_ = true;
            return 0;
        }
        const char c = rest_.front();
        rest_.remove_prefix(1);
        return c;
    }

    /// How often what stands before is wanted at least.
    unsigned repeats()
    {
        unsigned least = 1;
        if (next('*') || next('?')) {
            least = 0;
        } else if (!next('+') && !rest_.empty() && rest_.front() == '{') {
            const std::size_t end = rest_.find('}');
            const auto [after, error] = std::from_chars(rest_.data() + 1, rest_.data() + rest_.size(), least);
            if (end == std::string_view::npos || error != std::errc() || least > mostRepeats)
                broken_ = true;
            else
                rest_.remove_prefix(end + 1);
        }
        next('?'); // as few as possible, which they are
        return broken_ ? 0 : least;
    }

    std::string atom()
    {
        const char c = take();
        switch (c) {
        case '(':
            return group();
        case '[':
            return one(bracketed());
        case '.':
            return "a";
        case '^':
        case '$':
            return {};
        case '\\':
            return escaped();
        default:
            return {c};
        }
    }

    std::string group()
    {
        if (next('?')) {
            // (?:...), (?i:...), (?P<name>...), (?<name>...), and flags alone: (?i).
            if (rest_.starts_with("P<") || rest_.starts_with('<'))
                rest_.remove_prefix(std::min(rest_.size(), rest_.find('>') + 1));
            else
                while (!rest_.empty() && rest_.front() != ':' && rest_.front() != ')')
                    rest_.remove_prefix(1);
            next(':');
        }
        std::string text = alternatives();
        broken_ = broken_ || !next(')');
        return text;
    }

    std::string escaped()
    {
        const char c = take();
        if (const auto set = shorthand(c))
            return one(*set);
        switch (c) {
        case 'A':
        case 'z':
        case 'b':
            return {};
        case 't':
            return "\t";
        default:
            broken_ = broken_ || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            return {c};
        }
    }

    std::string one(const Characters& set)
    {
        const auto c = pick(set);
        broken_ = broken_ || !c;
        return c ? std::string(1, *c) : std::string();
    }

    Characters bracketed()
    {
        Characters set;
        const bool negated = next('^');
        for (bool first = true; !broken_; first = false) {
            if (!first && next(']'))
                break;
            if (rest_.starts_with("[:")) {
                const std::size_t end = rest_.find(":]");
                const auto named = end == std::string_view::npos ? std::nullopt : namedClass(rest_.substr(2, end - 2));
                broken_ = broken_ || !named;
                if (named) {
                    set |= *named;
                    rest_.remove_prefix(end + 2);
                }
                continue;
            }
            char c = take();
            if (c == '\\') {
                c = take();
                if (const auto known = shorthand(c)) {
                    set |= *known;
                    continue;
                }
            }
            if (rest_.size() > 1 && rest_[0] == '-' && rest_[1] != ']') {
                rest_.remove_prefix(1);
                next('\\');
                const char last = take();
                addRange(set, static_cast<unsigned char>(c), static_cast<unsigned char>(last));
            } else {
                set.set(static_cast<unsigned char>(c));
            }
        }
        return negated ? ~set : set;
    }

    std::string_view rest_;
    unsigned depth_ = 0;
    bool broken_ = false;
};

} // namespace

std::optional<std::string> guessMatch(std::string_view expression)
{
    return Guess(expression).run();
}

} // namespace gatehouse::testing
