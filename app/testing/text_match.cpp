#include "app/testing/text_match.h"

#include <algorithm>
#include <re2/re2.h>

namespace gatehouse::testing {

model::Result<bool, std::string> TextMatch::add(Kind kind, std::string text)
{
    Condition condition{kind, std::move(text), nullptr};
    if (kind == Kind::Matches) {
        re2::RE2::Options options;
        options.set_log_errors(false);
        auto expression = std::make_shared<const re2::RE2>(condition.text, options);
        if (!expression->ok())
            return model::Unexpected{expression->error()};
        condition.expression = std::move(expression);
    }
    conditions_.push_back(std::move(condition));
    return true;
}

bool TextMatch::holds(std::string_view text) const
{
    return std::all_of(conditions_.begin(), conditions_.end(), [&](const Condition& condition) {
        switch (condition.kind) {
        case Kind::Equals:
            return text == condition.text;
        case Kind::Contains:
            return text.find(condition.text) != std::string_view::npos;
        case Kind::StartsWith:
            return text.starts_with(condition.text);
        case Kind::EndsWith:
            return text.ends_with(condition.text);
        case Kind::Matches:
            return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *condition.expression);
        }
        return false;
    });
}

std::string TextMatch::words() const
{
    std::string all;
    for (const Condition& condition : conditions_) {
        all += all.empty() ? "" : " and ";
        switch (condition.kind) {
        case Kind::Equals:
            all += '\'' + condition.text + '\'';
            break;
        case Kind::Contains:
            all += "a text that contains '" + condition.text + '\'';
            break;
        case Kind::StartsWith:
            all += "a text that starts with '" + condition.text + '\'';
            break;
        case Kind::EndsWith:
            all += "a text that ends with '" + condition.text + '\'';
            break;
        case Kind::Matches:
            all += "a text that matches /" + condition.text + '/';
            break;
        }
    }
    return all;
}

} // namespace gatehouse::testing
