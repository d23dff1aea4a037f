#include "rulebook/codelist.h"

#include <algorithm>

#include "base/assert.h"

namespace bundel::rulebook {

const CodeList::Entry* CodeList::entry(std::string_view code) const {
    const auto found = std::ranges::lower_bound(codes, code, {}, &Entry::code);
    return found != codes.end() && found->code == code ? &*found : nullptr;
}

CodeLists::CodeLists(std::vector<CodeList> lists) : lists_(std::move(lists)) {
    std::ranges::sort(lists_, {}, &CodeList::name);
    for (std::size_t i = 0; i < lists_.size(); ++i) {
        names_.push_back({lists_[i].name, i});
        for (const std::string& name : lists_[i].also) names_.push_back({name, i});
    }
    std::ranges::sort(names_, {}, &Name::name);
    BUNDEL_ASSERT(std::ranges::adjacent_find(names_, {}, &Name::name) == names_.end());
}

const CodeList* CodeLists::find(std::string_view name) const {
    const auto found = std::ranges::lower_bound(names_, name, {}, &Name::name);
    return found != names_.end() && found->name == name ? &lists_[found->list] : nullptr;
}

Listed CodeLists::look_up(std::string_view list, std::string_view code) const {
    const CodeList* found = find(list);
    if (found == nullptr) return Listed::unknown;
    if (found->contains(code)) return Listed::known;
    return found->complete ? Listed::absent : Listed::unknown;
}

}  // namespace bundel::rulebook
