// The products of two 64-bit numbers, exact.
#pragma once

namespace bundel::base {
__extension__ typedef __int128 Int128;
}
