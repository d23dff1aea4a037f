#include "rulebook/task_shifts.h"

#include "rulebook/reading.h"

namespace bundel::rulebook {
using values::AgbCode;
using values::Cents;
using values::PhaseKind;

namespace {

constexpr Word<PhaseKind> phase_words[] = {
    {"prenatal", PhaseKind::prenatal}, {"natal", PhaseKind::natal}, {"postnatal", PhaseKind::postnatal}};

AgbCode provider(Table& row, std::string_view key) {
    const auto code = AgbCode::parse(row.text(key));
    if (code.ok()) return *code;
    row.wrong(key, "\"08000101\"");
    return {};
}

TaskShift shift_of(Table& row) {
    TaskShift shift;
    shift.name = row.text("name");
    shift.phase = row.word<PhaseKind>("phase", phase_words);
    shift.from = provider(row, "from");
    shift.to = provider(row, "to");
    shift.gives_up = row.euros("gives_up");
    shift.takes_on = row.euros("takes_on");
    if (shift.gives_up <= Cents()) row.wrong("gives_up", "> 0,00");
    if (shift.takes_on < Cents()) row.wrong("takes_on", ">= 0,00");
    const Standing stands = standing_of(row);
    shift.status = stands.status;
    shift.source = stands.source;
    return shift;
}

}  // namespace

base::Result<std::vector<TaskShift>> load_task_shifts(const std::string& file, const std::string& content) {
    BUNDEL_TRY(tree, read_toml(file, content));
    FirstError first;
    std::vector<TaskShift> shifts;
    {
        Table table(first, file, tree, "", always.first);
        table.each("shift", [&](Table& row) { shifts.push_back(shift_of(row)); });
        if (shifts.empty()) table.texts("shift");
    }
    if (first.get()) return *first.get();
    return shifts;
}

}  // namespace bundel::rulebook
