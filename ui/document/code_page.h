#pragma once

#include "model/base/diagnostic.h"

#include <QString>

namespace gatehouse::ui {

/// What the code of a problem means, as `gatehouse check --explain CODE` tells it.
struct CodePage {
    QString code;
    bool known = false; ///< false: it is no code of ours (a condition's reason), and the rest is empty
    model::Severity severity = model::Severity::Error;
    QString title, meaning;
    QString example;      ///< "gatehouse.yaml" where the two below are settings; "" else
    QString wrong, right; ///< text
    QString suppression;  ///< how it is silenced, in sentences
};

} // namespace gatehouse::ui
