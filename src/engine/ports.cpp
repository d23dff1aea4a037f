#include "engine/ports.h"

#include "base/hash.h"

namespace bundel::engine {

std::string QuestionRow::id() const {
    return base::Hasher().add(person.hex()).add(key).add(code).finish().hex().substr(0, 24);
}

}  // namespace bundel::engine
