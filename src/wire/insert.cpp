// An insert goes into a host: the record is widened to the host's length and gets its place there.
#include <algorithm>

#include "wire/layout_reader.h"

namespace bundel::wire {
namespace {

std::int64_t claim_length(const LayoutText& text) {
    return text.heen_length > 0 ? text.heen_length : text.record_length;
}

RecordLayout widened(RecordLayout record, const std::string& reserve, int more) {
    int position = 1;
    for (Field& field : record.fields) {
        if (field.id == reserve) field.length += more;
        field.position = position;
        position += field.length;
    }
    return record;
}

auto place_of(std::vector<Place>& places, const std::string& code) {
    return std::ranges::find(places, code, &Place::code);
}

auto record_of(std::vector<RecordLayout>& records, const std::string& code) {
    return std::ranges::find(records, code, &RecordLayout::code);
}

}  // namespace

bool goes_into(const InsertText& insert, const LayoutText& host) {
    const LayoutText& text = insert.text;
    const bool same_tail = text.record_length - claim_length(text) == host.record_length - claim_length(host);
    const bool has_place = std::ranges::any_of(host.structure, [&](const Place& place) {
        return place.code == insert.under && std::ranges::any_of(place.children, [&](const Place& child) {
                   return child.code == insert.before;
               });
    });
    const bool is_no_surer = text.status == "verified" || host.status == "provisional";
    return same_tail && has_place && is_no_surer && claim_length(host) >= claim_length(text);
}

LayoutText with_insert(LayoutText host, const InsertText& insert) {
    const LayoutText& text = insert.text;
    const std::string& code = text.records.front().code;
    const int more = static_cast<int>(claim_length(host) - claim_length(text));
    std::erase_if(host.records, [&](const RecordLayout& record) { return record.code == code; });
    host.records.insert(record_of(host.records, insert.before),
                        widened(text.records.front(), insert.reserve, more));
    std::vector<Place>& places = place_of(host.structure, insert.under)->children;
    std::erase_if(places, [&](const Place& place) { return place.code == code; });
    places.insert(place_of(places, insert.before), text.structure.front());
    host.insert = insert.name();
    return host;
}

}  // namespace bundel::wire
