#include "cli/console.h"

#include <cstdio>

namespace bundel::cli {

const texts::Texts& texts() {
    return texts::Texts::dutch();
}

void print(const std::string& text) {
    std::fwrite(text.data(), 1, text.size(), stdout);
}

void complain(const std::string& text) {
    std::fwrite(text.data(), 1, text.size(), stderr);
}

Exit fail(const base::Error& error) {
    complain(texts().error(error) + "\n");
    return Exit::failed;
}

}  // namespace bundel::cli
