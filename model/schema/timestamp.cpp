#include "model/schema/timestamp.h"

#include <cstdint>
#include <cstdio>

namespace gatehouse::model {
namespace {

/// Takes exactly `digits` digits off the front.
std::optional<int> takeNumber(std::string_view& text, std::size_t digits)
{
    if (text.size() < digits)
        return std::nullopt;
    int number = 0;
    for (std::size_t i = 0; i < digits; ++i) {
        if (text[i] < '0' || text[i] > '9')
            return std::nullopt;
        number = number * 10 + (text[i] - '0');
    }
    text.remove_prefix(digits);
    return number;
}

bool take(std::string_view& text, std::string_view anyOf)
{
    if (text.empty() || anyOf.find(text.front()) == std::string_view::npos)
        return false;
    text.remove_prefix(1);
    return true;
}

std::optional<std::chrono::seconds> takeOffset(std::string_view& text)
{
    if (take(text, "Zz"))
        return std::chrono::seconds(0);
    const bool west = text.starts_with('-');
    if (!take(text, "+-"))
        return std::nullopt;
    const auto hours = takeNumber(text, 2);
    if (!hours || !take(text, ":"))
        return std::nullopt;
    const auto minutes = takeNumber(text, 2);
    if (!minutes || *hours > 23 || *minutes > 59)
        return std::nullopt;
    const std::chrono::seconds offset = std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
    return west ? -offset : offset;
}

} // namespace

std::optional<Timestamp> parseTimestamp(std::string_view text)
{
    using namespace std::chrono;
    const auto y = takeNumber(text, 4);
    if (!y || !take(text, "-"))
        return std::nullopt;
    const auto mo = takeNumber(text, 2);
    if (!mo || !take(text, "-"))
        return std::nullopt;
    const auto d = takeNumber(text, 2);
    if (!d || !take(text, "Tt "))
        return std::nullopt;
    const auto h = takeNumber(text, 2);
    if (!h || !take(text, ":"))
        return std::nullopt;
    const auto mi = takeNumber(text, 2);
    if (!mi || !take(text, ":"))
        return std::nullopt;
    const auto s = takeNumber(text, 2);
    if (!s)
        return std::nullopt;
    if (take(text, ".") && !takeNumber(text, 1))
        return std::nullopt;
    while (takeNumber(text, 1)) {
    }
    const auto offset = takeOffset(text);
    const year_month_day date(year(*y), month(static_cast<unsigned>(*mo)), day(static_cast<unsigned>(*d)));
    if (!offset || !text.empty() || !date.ok() || *h > 23 || *mi > 59 || *s > 60)
        return std::nullopt;
    return Timestamp(sys_days(date)) + hours(*h) + minutes(*mi) + seconds(*s) - *offset;
}

std::string formatTimestamp(Timestamp time)
{
    using namespace std::chrono;
    const sys_days date = floor<days>(time);
    const year_month_day ymd(date);
    const hh_mm_ss clock(time - date);
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(ymd.year()),
                  static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    return text;
}

std::string formatAge(std::chrono::seconds age)
{
    const auto text = [](std::int64_t n, const char* unit) { return std::to_string(n) + unit; };
    const auto two = [&](std::int64_t a, const char* ua, std::int64_t b, const char* ub) {
        return text(a, ua) + (b > 0 ? text(b, ub) : "");
    };
    const std::int64_t seconds = age.count();
    const std::int64_t minutes = seconds / 60, hours = minutes / 60, days = hours / 24, years = days / 365;
    if (seconds < 120)
        return text(seconds, "s");
    if (minutes < 10)
        return two(minutes, "m", seconds % 60, "s");
    if (hours < 3)
        return text(minutes, "m");
    if (hours < 8)
        return two(hours, "h", minutes % 60, "m");
    if (days < 2)
        return text(hours, "h");
    if (days < 8)
        return two(days, "d", hours % 24, "h");
    if (years < 2)
        return text(days, "d");
    return years < 8 ? two(years, "y", days % 365, "d") : text(years, "y");
}

} // namespace gatehouse::model
