// The order of records as an automaton: from the nested structure of the standard to one state per place.
#include <algorithm>

#include "wire/layout_reader.h"

namespace bundel::wire {
namespace {

struct Node {
    const Place* place = nullptr;
    int record = -1;
    int parent = -1;  // 0 is the file itself
    std::vector<int> children = {};
};

using Nodes = std::vector<Node>;

base::Result<base::Done> add_children(const Layout& layout, const std::vector<Place>& places, int parent,
                                      Nodes& nodes) {
    for (const Place& place : places) {
        const int record = layout.record_index(place.code);
        if (record < 0 || nodes.size() > 100)
            return base::Error{"layout_structure", {{"record", place.code}}};
        const int node = static_cast<int>(nodes.size());
        nodes.push_back({&place, record, parent});
        nodes[static_cast<std::size_t>(parent)].children.push_back(node);
        BUNDEL_TRY_DONE(add_children(layout, place.children, node, nodes));
    }
    return base::Done{};
}

// What may come next among `places` from `from` on: up to and with the first that must come. True: one must.
bool add_next(const Nodes& nodes, const std::vector<int>& places, std::size_t from, std::vector<int>& next) {
    for (std::size_t i = from; i < places.size(); ++i) {
        next.push_back(places[i]);
        if (nodes[static_cast<std::size_t>(places[i])].place->is_required) return true;
    }
    return false;
}

// The nodes that may follow `at`, the nearest first. True: the file may also end.
bool followers(const Nodes& nodes, int at, std::vector<int>& next) {
    if (add_next(nodes, nodes[static_cast<std::size_t>(at)].children, 0, next)) return false;
    for (int here = at; here != 0;) {
        const Node& node = nodes[static_cast<std::size_t>(here)];
        if (node.place->may_repeat) next.push_back(here);
        const auto& siblings = nodes[static_cast<std::size_t>(node.parent)].children;
        const auto after = std::find(siblings.begin(), siblings.end(), here) - siblings.begin() + 1;
        if (add_next(nodes, siblings, static_cast<std::size_t>(after), next)) return false;
        here = node.parent;
    }
    return true;
}

Order::State state_of(const Nodes& nodes, int at, std::size_t records) {
    Order::State state;
    const Node& node = nodes[static_cast<std::size_t>(at)];
    state.record = node.record;
    state.may_repeat = node.place != nullptr && node.place->may_repeat;
    state.next.assign(records, -1);
    std::vector<int> next;
    state.may_end = followers(nodes, at, next);
    for (const int follower : next) {
        auto& slot = state.next[static_cast<std::size_t>(nodes[static_cast<std::size_t>(follower)].record)];
        if (slot < 0) slot = static_cast<std::int16_t>(follower);
    }
    return state;
}

}  // namespace

base::Result<Order> compile_order(const Layout& layout, const std::vector<Place>& structure,
                                  bool header_alone) {
    Nodes nodes(1);
    BUNDEL_TRY_DONE(add_children(layout, structure, 0, nodes));
    Order order;
    order.first_state.assign(layout.records().size(), -1);
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        order.states.push_back(state_of(nodes, static_cast<int>(i), layout.records().size()));
        if (i == 0) continue;
        auto& first = order.first_state[static_cast<std::size_t>(nodes[i].record)];
        if (first < 0) first = static_cast<std::int16_t>(i);
    }
    for (std::size_t record = 0; record < order.first_state.size(); ++record) {
        if (order.first_state[record] < 0) {
            return base::Error{"layout_structure", {{"record", layout.records()[record].code}}};
        }
    }
    const auto header = static_cast<std::size_t>(layout.record_index(code_header));
    if (header_alone) order.states[static_cast<std::size_t>(order.first_state[header])].may_end = true;
    return order;
}

}  // namespace bundel::wire
