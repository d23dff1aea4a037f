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

Exit finish_output(Exit exit) {
    const bool is_whole = std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
    if (is_whole) return exit;
    complain(texts().sentence("console_failed") + "\n");
    return Exit::failed;
}

Exit fail(const base::Error& error) {
    complain(texts().error(error) + "\n");
    return Exit::failed;
}

}  // namespace bundel::cli
