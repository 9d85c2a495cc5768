#pragma once

#include "app/control/words.h"

namespace gatehouse::cli {

using control::counted;
using control::join;

} // namespace gatehouse::cli
