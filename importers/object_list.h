#pragma once

#include "importers/text_problem.h"
#include "model/base/value.h"

#include <vector>

namespace gatehouse::importers {

/// Appends the objects that a document stands for: itself, or the items of a List (`kind: List`, `kind: FooList` with
/// items), also of Lists inside Lists. Items of a FooList that name no kind are Foo, as the API server leaves it out.
/// Errors: a document or item that is no object, and items that are no list. Recursion ends with the depth limit that
/// the document was read with.
void flattenObjects(model::Value document, std::vector<model::Value>& objects, ProblemList& problems);

} // namespace gatehouse::importers
